package io.kriya.plane;

import io.kriya.security.Sha256;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Maps the header {@code X-API-Key} to the role {@link #PLANE}. */
@Singleton
public class ApiKeyMechanism implements HttpAuthenticationMechanism {

    /** The role of the Plane backend. */
    public static final String PLANE = "plane";

    /** The header that carries the key. */
    public static final String HEADER = "X-API-Key";

    private final List<byte[]> keys;
    private final SecurityIdentity plane = QuarkusSecurityIdentity.builder()
            .setPrincipal(new QuarkusPrincipal(PLANE))
            .addRole(PLANE)
            .build();

    ApiKeyMechanism(PlaneConfig config) {
        keys = config.keys().map(key -> digest(key, StandardCharsets.UTF_8)).toList();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        String shown = request.request().getHeader(HEADER);
        return shown != null && isAccepted(shown)
                ? Uni.createFrom().item(plane)
                : Uni.createFrom().nullItem();
    }

    private boolean isAccepted(String shown) {
        // The header's bytes, one a character. Digests are of one length, and every key is compared: the time tells
        // nothing.
        byte[] digest = digest(shown, StandardCharsets.ISO_8859_1);
        boolean accepted = false;
        for (byte[] key : keys) {
            accepted |= MessageDigest.isEqual(key, digest);
        }
        return accepted;
    }

    private static byte[] digest(String text, Charset charset) {
        return Sha256.of(text.getBytes(charset));
    }

    /** Refusals are 403 without a challenge: 401 would have clients ask a person for a password. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(403));
    }
}
