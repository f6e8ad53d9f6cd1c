package io.kriya.oauth.client;

import static io.kriya.setting.ProductionCheck.unless;

import io.kriya.setting.Format;
import io.kriya.setting.ProductionCheck;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.stream.Stream;

/** A client that may introspect tokens and nothing else: an API gateway. It needs no other setting of OAuth. */
@ConfigMapping(prefix = "kriya.introspection")
public interface IntrospectionConfig extends ProductionCheck {

    /**
     * The name by which API gateways authenticate at {@code /oauth/introspect}, so that none has to hold the secret of
     * Plane. With it {@code INTROSPECTION_CLIENT_SECRET} is required. It is not {@code OAUTH_CLIENT_ID}.
     */
    @Format(regexp = OAuthConfig.ID, message = OAuthConfig.ID_TAKES)
    Optional<String> clientId();

    /** The secret of this client, by HTTP Basic or in the form. */
    @Format(regexp = OAuthConfig.SECRET, message = OAuthConfig.TAKES)
    Optional<String> clientSecret();

    /** A second secret that is accepted too, while gateways are moved from it to the new one. */
    @Format(regexp = OAuthConfig.SECRET, message = OAuthConfig.TAKES)
    Optional<String> clientSecretPrevious();

    /** The client id of the mapping of OAuth. */
    @WithDefault("${kriya.oauth.client-id:}")
    Optional<String> oauthClientId();

    /** The client secret of the mapping of OAuth. */
    @WithDefault("${kriya.oauth.client-secret:}")
    Optional<String> oauthClientSecret();

    /** Empty if the client is not configured. */
    default Optional<ClientCredentials> credentials() {
        return clientId()
                .flatMap(id -> clientSecret().map(secret -> new ClientCredentials(id, secret, clientSecretPrevious())));
    }

    @Override
    default Stream<String> problems() {
        if (Stream.of(clientId(), clientSecret(), clientSecretPrevious()).allMatch(Optional::isEmpty)) {
            return Stream.of();
        }
        return Stream.of(
                unless(
                        clientId().isPresent(),
                        "INTROSPECTION_CLIENT_ID is required where INTROSPECTION_CLIENT_SECRET is set."),
                unless(
                        clientSecret().isPresent(),
                        "INTROSPECTION_CLIENT_SECRET is required where INTROSPECTION_CLIENT_ID is set."),
                unless(
                        clientId().isEmpty() || !clientId().equals(oauthClientId()),
                        "INTROSPECTION_CLIENT_ID takes another name than OAUTH_CLIENT_ID."),
                unless(
                        clientSecret().isEmpty() || !clientSecret().equals(oauthClientSecret()),
                        "INTROSPECTION_CLIENT_SECRET takes another secret than OAUTH_CLIENT_SECRET."));
    }
}
