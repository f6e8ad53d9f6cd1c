package io.kriya.plane;

import io.kriya.account.UserView;
import io.kriya.token.cache.IssuedToken;
import io.kriya.token.cache.TokenVerdict;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The verdict on a token. */
public record ValidateTokenResponse(
        @Schema(description = "Whether the person may be let in.", examples = "true")
        boolean valid,

        @Schema(description = "Null where the token is not valid.", nullable = true)
        UserView user,

        @Schema(
                description = "The verdict in words.",
                enumeration = {ValidateTokenResponse.GOOD, ValidateTokenResponse.OVER, ValidateTokenResponse.UNKNOWN},
                examples = ValidateTokenResponse.GOOD)
        String message) {

    static final String GOOD = "Token is valid";
    static final String OVER = "Token is expired or inactive";
    static final String UNKNOWN = "Token not found";

    static ValidateTokenResponse of(TokenVerdict verdict, boolean tellsAny) {
        return switch (verdict) {
            case TokenVerdict.Good good -> new ValidateTokenResponse(true, person(good.token(), tellsAny), GOOD);
            case TokenVerdict.Over _ -> new ValidateTokenResponse(false, null, OVER);
            case TokenVerdict.Unknown _ -> new ValidateTokenResponse(false, null, UNKNOWN);
        };
    }

    /** With the address that is proven, or else with the one that they gave, if that is told. */
    private static UserView person(IssuedToken token, boolean tellsAny) {
        UserView person = token.person();
        return token.verifiedEmail() == null && tellsAny ? person : person.withEmail(token.verifiedEmail());
    }
}
