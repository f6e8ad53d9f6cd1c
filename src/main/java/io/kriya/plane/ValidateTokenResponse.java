package io.kriya.plane;

import io.kriya.token.TokenVerdict;
import io.kriya.user.UserView;
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

    static ValidateTokenResponse of(TokenVerdict verdict, boolean tellsEmail) {
        return switch (verdict) {
            case TokenVerdict.Good good ->
                new ValidateTokenResponse(
                        true, tellsEmail ? good.person() : good.person().withoutEmail(), GOOD);
            case TokenVerdict.Over _ -> new ValidateTokenResponse(false, null, OVER);
            case TokenVerdict.Unknown _ -> new ValidateTokenResponse(false, null, UNKNOWN);
        };
    }
}
