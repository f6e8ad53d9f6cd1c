package io.kriya.signin;

import io.kriya.account.Profile;
import io.kriya.challenge.OneTimeCode;
import io.kriya.security.DerivedKey;
import io.kriya.security.ServerKeys;
import io.kriya.token.TokenSecret;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Derives the token for a verification with an idempotency key: an HMAC, under a key of the server, of that key, the
 * challenge and all that was given. So a request that is sent twice gets one token, and no response is stored.
 */
@ApplicationScoped
class RepeatableTokens {

    private final List<DerivedKey> keys;

    RepeatableTokens(ServerKeys keys) {
        this.keys = keys.derive("kriya repeatable token");
    }

    /** The token under the current key first, then that under the previous one, if any. */
    List<TokenSecret> of(String idempotencyKey, UUID challenge, OneTimeCode code, Profile profile) {
        return keys.stream()
                .map(key -> TokenSecret.of(key.macOfTexts(
                        idempotencyKey,
                        challenge.toString(),
                        code.reveal(),
                        profile.firstName(),
                        profile.lastName(),
                        profile.email())))
                .toList();
    }
}
