package io.kriya.plane;

import io.kriya.account.UserView;
import io.kriya.token.cache.IssuedToken;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response to Plane. */
public record ValidateTokenResponse(
        @Schema(description = "Whether the token is valid.", examples = "true")
        boolean valid,

        @Schema(description = "Null if the token is not valid.", nullable = true)
        UserView user,

        @Schema(
                description = "The result as a sentence.",
                enumeration = {
                    ValidateTokenResponse.VALID_MESSAGE,
                    ValidateTokenResponse.INACTIVE_MESSAGE,
                    ValidateTokenResponse.UNKNOWN_MESSAGE
                },
                examples = ValidateTokenResponse.VALID_MESSAGE)
        String message) {

    static final String VALID_MESSAGE = "Token is valid";
    static final String INACTIVE_MESSAGE = "Token is expired or inactive";
    static final String UNKNOWN_MESSAGE = "Token not found";

    static final ValidateTokenResponse INACTIVE = new ValidateTokenResponse(false, null, INACTIVE_MESSAGE);
    static final ValidateTokenResponse UNKNOWN = new ValidateTokenResponse(false, null, UNKNOWN_MESSAGE);

    /** Shows the verified e-mail address; if there is none, the unverified one if the settings allow it. */
    static ValidateTokenResponse valid(IssuedToken token, boolean showsUnverifiedEmail) {
        String verified = token.verifiedEmail();
        UserView user = verified == null && showsUnverifiedEmail
                ? token.user()
                : token.user().withEmail(verified);
        return new ValidateTokenResponse(true, user, VALID_MESSAGE);
    }
}
