package io.kriya.oauth.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.security.AcceptedSecrets;
import java.util.Optional;
import java.util.stream.Stream;

/** The id of a client and its secrets, compared in constant time. */
final class ClientCredentials {

    private final AcceptedSecrets id;
    private final AcceptedSecrets secrets;

    /**
     * @param secret the current one
     * @param previous is accepted too
     */
    ClientCredentials(String id, String secret, Optional<String> previous) {
        this.id = accepted(Stream.of(id));
        secrets = accepted(Stream.concat(Stream.of(secret), previous.stream()));
    }

    private static AcceptedSecrets accepted(Stream<String> texts) {
        return new AcceptedSecrets(texts.map(text -> text.getBytes(UTF_8)));
    }

    boolean hasId(String presented) {
        return id.contain(presented.getBytes(UTF_8));
    }

    /** Compares both, so that the time does not depend on which is right. */
    boolean match(String presentedId, String presentedSecret) {
        return hasId(presentedId) & secrets.contain(presentedSecret.getBytes(UTF_8));
    }
}
