package io.kriya.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.kriya.loginpage.Person;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A Kriya that is nobody's login page. */
class WithoutClientIT {

    @Test
    void withoutAClientThereIsNoPageButGatewaysMayAsk() {
        try (var kriya = Deployment.start(1, Map.of())) {
            for (String path : List.of(
                    "/oauth/authorize?" + Plane.query(Plane.state()),
                    "/oauth/authorize/code",
                    "/oauth/assets/login.css",
                    "/api/v4/user",
                    "/.well-known/oauth-authorization-server")) {
                assertThat(kriya.one().get(path).statusCode()).as(path).isEqualTo(404);
            }
            for (String path : List.of("/oauth/token", "/oauth/revoke")) {
                assertThat(kriya.post(path, "").statusCode()).as(path).isEqualTo(404);
            }
            String token = kriya.tokenOf(Deployment.number());
            var known = Plane.form(kriya.one(), "/oauth/introspect", Map.of("token", token), "X-API-Key", Api.KEY);
            assertThat(known.json().getBoolean("active")).isTrue();
            var nobody = Map.of("token", token, "client_id", Plane.ID, "client_secret", Plane.SECRET);
            assertThat(Plane.form(kriya.one(), "/oauth/introspect", nobody).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void withoutAClientAGatewayAsksByCredentialsOfItsOwn() {
        String secret = "the-secret-of-the-gateway-32-characters";
        try (var kriya = Deployment.start(
                1, Map.of("INTROSPECTION_CLIENT_ID", "gateway", "INTROSPECTION_CLIENT_SECRET", secret))) {
            String token = kriya.tokenOf(Deployment.number());
            var form = Map.of("token", token, "client_id", "gateway", "client_secret", secret);
            assertThat(Plane.form(kriya.one(), "/oauth/introspect", form).json().getMap(""))
                    .containsEntry("active", true)
                    .containsEntry("scope", "login")
                    .doesNotContainKey("aud");
            String basic = "Basic " + Base64.getEncoder().encodeToString(("gateway:" + secret).getBytes(UTF_8));
            assertThat(Plane.form(
                                    kriya.one(),
                                    "/oauth/introspect",
                                    Map.of("token", "kriya_at_" + "A".repeat(43)),
                                    "Authorization",
                                    basic)
                            .body())
                    .isEqualTo("{\"active\":false}");
            for (String path : List.of("/oauth/token", "/oauth/revoke")) {
                assertThat(Plane.form(kriya.one(), path, form).status())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void withoutMessagesThePageSaysWhatItNeeds() {
        var environment = KriyaProcess.environment(TestPostgres.database());
        environment.putAll(Api.CLIENT);
        try (var kriya = KriyaProcess.start(environment)) {
            var page = kriya.get("/oauth/authorize?" + Plane.query(Plane.state()));
            assertThat(page.statusCode()).isEqualTo(501);
            assertThat(page.body()).contains("PHONE_VERIFICATION=sms").doesNotContain("<form");
            assertThat(kriya.log()).contains("the login page needs PHONE_VERIFICATION=sms");
            // Nobody is told so who is not the client's.
            assertThat(kriya.get("/oauth/authorize?client_id=x").statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aFaultIsAPageTooAndLeadsBack() {
        var database = TestPostgres.database();
        try (var kriya = Deployment.start(database, 1, Api.CLIENT)) {
            var person = new Person(kriya).open(Plane.query(Plane.state()));
            database.execute("alter table limits rename to gone");
            person.submit("", "phone_number", Deployment.number());
            assertThat(person.status()).isEqualTo(500);
            assertThat(person.page()).contains("<h1>").doesNotContain("limits", "Exception");
            database.execute("alter table gone rename to limits");
            assertThat(person.open(Plane.query(Plane.state())).status()).isEqualTo(200);
        }
    }
}
