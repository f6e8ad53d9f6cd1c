package io.kriya.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** A server with one client, whose opaque tokens are in PostgreSQL. */
@SpringBootApplication(proxyBeanMethods = false)
public class AuthorizationServer {

    /** Its tables, which it brings. */
    private static final String TABLES =
            "org/springframework/security/oauth2/server/authorization/oauth2-authorization-schema.sql";

    static void main(String[] arguments) {
        SpringApplication.run(AuthorizationServer.class, arguments);
    }

    @Bean
    RegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(RegisteredClient.withId("1")
                .clientId("gateway")
                .clientSecret(System.getenv("CLIENT_SECRET"))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                        .accessTokenTimeToLive(Duration.ofDays(1))
                        .build())
                .build());
    }

    /** Compares the client's secret as it is: the default, bcrypt, would cost sixty milliseconds for each request. */
    @Bean
    PasswordEncoder plainSecrets() {
        return new PasswordEncoder() {
            @Override
            public String encode(CharSequence secret) {
                return secret.toString();
            }

            @Override
            public boolean matches(CharSequence secret, String encoded) {
                return MessageDigest.isEqual(secret.toString().getBytes(UTF_8), encoded.getBytes(UTF_8));
            }
        };
    }

    @Bean
    OAuth2AuthorizationService authorizations(JdbcTemplate database, RegisteredClientRepository clients)
            throws IOException {
        // Its documentation asks for text on PostgreSQL, which has no blob. The index is more than it asks for.
        database.execute(new ClassPathResource(TABLES)
                .getContentAsString(UTF_8)
                .replace("blob", "text"));
        database.execute("create index on oauth2_authorization using hash (access_token_value)");
        return new JdbcOAuth2AuthorizationService(database, clients);
    }
}
