package io.kriya.plane;

import io.kriya.security.Roles;
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

/** Authenticates the Plane backend by the header {@code X-API-Key}. */
@Singleton
public class ApiKeyMechanism implements HttpAuthenticationMechanism {

    /** The header with the API key. */
    private static final String HEADER = "X-API-Key";

    private final List<byte[]> keys;
    private final SecurityIdentity plane = QuarkusSecurityIdentity.builder()
            .setPrincipal(new QuarkusPrincipal(Roles.PLANE))
            .addRole(Roles.PLANE)
            .build();

    ApiKeyMechanism(PlaneConfig config) {
        keys = config.keys().map(key -> digest(key, StandardCharsets.UTF_8)).toList();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager identities) {
        String presented = request.request().getHeader(HEADER);
        return presented != null && isAccepted(presented)
                ? Uni.createFrom().item(plane)
                : Uni.createFrom().nullItem();
    }

    private boolean isAccepted(String presented) {
        // Netty decodes a header as ISO 8859-1. The comparison takes constant time: digests have one length, and every
        // key is compared.
        byte[] digest = digest(presented, StandardCharsets.ISO_8859_1);
        boolean accepted = false;
        for (byte[] key : keys) {
            accepted |= MessageDigest.isEqual(key, digest);
        }
        return accepted;
    }

    private static byte[] digest(String text, Charset charset) {
        return Sha256.of(text.getBytes(charset));
    }

    /** A missing or wrong key gets 403: a 401 with WWW-Authenticate would make clients ask users for a password. */
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(403));
    }
}
