package io.kriya.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.oauth.client.IntrospectionConfig;
import io.kriya.oauth.client.OAuthConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthSettingsTest {

    private static Optional<String> unsafe(Map<String, String> environment) {
        return unsafeKeys(KnownSettings.keys(environment));
    }

    private static Optional<String> unsafeKeys(Map<String, String> keys) {
        return KnownSettings.problems(keys, OAuthConfig.class).stream().findFirst();
    }

    private static Map<String, String> with(String name, String value) {
        var environment = new HashMap<>(Api.CLIENT);
        environment.put(name, value);
        return environment;
    }

    @ParameterizedTest
    @ValueSource(strings = {"OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET", "OAUTH_REDIRECT_URIS", "PUBLIC_URL"})
    void productionRefusesHalfASet(String name) {
        assertThat(unsafe(Api.CLIENT)).isEmpty();
        assertThat(unsafe(with(name, "")))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).startsWith(name).contains("is required"));
    }

    @Test
    void aPublicUrlOrNothingAtAllIsNoHalf() {
        assertThat(unsafe(Map.of())).isEmpty();
        assertThat(unsafe(Map.of("PUBLIC_URL", "https://login.example.com"))).isEmpty();
        assertThat(unsafe(Map.of("OAUTH_CLIENT_SECRET_PREVIOUS", "a-secret-of-the-tests-of-32-characters")))
                .isPresent();
    }

    private static Optional<String> unsafeIntrospection(Map<String, String> environment) {
        return KnownSettings.problems(KnownSettings.keys(environment), IntrospectionConfig.class).stream()
                .findFirst();
    }

    @Test
    void productionRefusesHalfAClientOfIntrospection() {
        String secret = "a-secret-of-the-tests-of-32-characters";
        assertThat(unsafeIntrospection(Map.of())).isEmpty();
        assertThat(unsafeIntrospection(
                        Map.of("INTROSPECTION_CLIENT_ID", "gateway", "INTROSPECTION_CLIENT_SECRET", secret)))
                .isEmpty();
        assertThat(unsafeIntrospection(Map.of("INTROSPECTION_CLIENT_ID", "gateway")))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).startsWith("INTROSPECTION_CLIENT_SECRET is required"));
        for (String name : new String[] {"INTROSPECTION_CLIENT_SECRET", "INTROSPECTION_CLIENT_SECRET_PREVIOUS"}) {
            assertThat(unsafeIntrospection(Map.of(name, secret))).hasValueSatisfying(sentence -> assertThat(sentence)
                    .startsWith("INTROSPECTION_CLIENT_ID is required"));
        }
    }

    @Test
    void theClientOfIntrospectionIsAnotherThanTheOneThatUsersLogInTo() {
        var both = with("INTROSPECTION_CLIENT_ID", Api.CLIENT.get("OAUTH_CLIENT_ID"));
        both.put("INTROSPECTION_CLIENT_SECRET", "a-secret-of-the-tests-of-32-characters");
        assertThat(unsafeIntrospection(both))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("INTROSPECTION_CLIENT_ID takes"));
        both.put("INTROSPECTION_CLIENT_ID", "gateway");
        assertThat(unsafeIntrospection(both)).isEmpty();
        both.put("INTROSPECTION_CLIENT_SECRET", Api.CLIENT.get("OAUTH_CLIENT_SECRET"));
        assertThat(unsafeIntrospection(both))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("INTROSPECTION_CLIENT_SECRET takes"));
    }

    @Test
    void whatIsSentToPeopleIsSentByTlsButOnThisMachine() {
        assertThat(unsafe(with("OAUTH_REDIRECT_URIS", "https://a.example.com/,http://plane.example.com/")))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).startsWith("OAUTH_REDIRECT_URIS").contains("https"));
        assertThat(unsafe(with("OAUTH_REDIRECT_URIS", "http://127.0.0.1.example.com/")))
                .isPresent();
        assertThat(unsafe(with("PUBLIC_URL", "http://login.example.com"))).isPresent();
        assertThat(unsafe(with("OAUTH_REDIRECT_URIS", "http://127.0.0.1:9/,http://[::1]/,http://localhost:8000/x")))
                .isEmpty();
        assertThat(unsafe(with("PUBLIC_URL", "http://localhost:8001"))).isEmpty();
    }

    @Test
    void theOwnNameOfAKeyIsNoWayAroundALongSecret() {
        Map<String, String> keys = new HashMap<>(Map.of(
                "kriya.oauth.client-id", "plane",
                "kriya.oauth.client-secret", "short",
                "kriya.oauth.redirect-uris", Api.CALLBACK,
                "kriya.oauth.public-url", "https://login.example.com"));
        assertThat(unsafeKeys(keys))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("OAUTH_CLIENT_SECRET takes"));
        keys.put("kriya.oauth.client-secret", "a-secret-of-the-tests-of-32-characters");
        assertThat(unsafeKeys(keys)).isEmpty();
        for (String uri : new String[] {"javascript://localhost/x", "no url", "https://a.example.com/#x"}) {
            var odd = new HashMap<>(keys);
            odd.put("kriya.oauth.redirect-uris", uri);
            assertThat(unsafeKeys(odd)).as(uri).isPresent();
        }
        keys.put("kriya.oauth.client-secret-previous", "short");
        assertThat(unsafeKeys(keys)).isPresent();
    }
}
