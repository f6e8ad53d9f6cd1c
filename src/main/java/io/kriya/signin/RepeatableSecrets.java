package io.kriya.signin;

import io.kriya.account.Profile;
import io.kriya.challenge.OneTimeCode;
import io.kriya.device.DeviceSecret;
import io.kriya.security.DerivedKey;
import io.kriya.security.ServerKeys;
import io.kriya.token.TokenSecret;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * Derives the secrets for a verification with an idempotency key: HMACs, under a key of the server, of that key, the
 * challenge and all that was given. So a request that is sent twice gets one token, and no response is stored.
 */
@ApplicationScoped
class RepeatableSecrets {

    private final List<DerivedKey> keys;

    RepeatableSecrets(ServerKeys keys) {
        this.keys = keys.derive("kriya repeatable token");
    }

    /**
     * What a session gets.
     *
     * @param device of a device that has none yet
     */
    record Secrets(TokenSecret token, DeviceSecret device) {

        static Secrets random() {
            return new Secrets(TokenSecret.random(), DeviceSecret.random());
        }
    }

    /** The secrets under the current key first, then those under the previous one, if any. */
    List<Secrets> of(String idempotencyKey, UUID challenge, OneTimeCode code, Profile profile) {
        return keys.stream()
                .map(key -> {
                    TokenSecret token = TokenSecret.of(key.macOfTexts(
                            idempotencyKey,
                            challenge.toString(),
                            code.reveal(),
                            profile.firstName(),
                            profile.lastName(),
                            profile.email()));
                    return new Secrets(token, DeviceSecret.of(key.macOfTexts("device", token.reveal())));
                })
                .toList();
    }
}
