package io.kriya.dev;

import io.kriya.account.PhoneConfig;
import io.kriya.apikey.ApiKeyConfig;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Prints how to try Kriya in dev mode, once it is ready. */
@Singleton
@IfBuildProfile("dev")
class DevWelcome {

    private static final Logger LOG = Logger.getLogger(DevWelcome.class);

    private final ApiKeyConfig plane;
    private final PhoneConfig phone;
    private final Demo demo;

    DevWelcome(ApiKeyConfig plane, PhoneConfig phone, Demo demo) {
        this.plane = plane;
        this.phone = phone;
        this.demo = demo;
    }

    void say(@ObservesAsync HttpServerStart started) {
        int port = started.options().getPort();
        LOG.info("Kriya is ready at http://localhost:%d\n\n%s%s"
                .formatted(port, phone.isVerified() ? verified(port) : unverified(port), everywhere(port)));
    }

    private String unverified(int port) {
        return """
                Register a user, or log them in:

                  %s

                Ask what Plane asks, with the token of that answer:

                  curl -s http://localhost:%d/api/auth/validate-token -H 'X-API-Key: %s' \
                -H 'Content-Type: application/json' -d '{"token": "…"}'

                No number has to be proven here. With codes and a login page: PHONE_VERIFICATION=sms ./mvnw quarkus:dev

                """.formatted(register(port), port, plane.apiKey().orElse(""));
    }

    private String verified(int port) {
        return demo.url().map("""
                Log in, in a browser, to a demo client that dev mode has:

                  %s

                """::formatted).orElse("") + """
                Codes appear in this log, after "SMS to". Any mobile number will do, such as +1 202-555-0100.
                Without a browser:

                  %s

                """.formatted(register(port));
    }

    private static String register(int port) {
        return "curl -s http://localhost:%d/api/auth/register -H 'Content-Type: application/json'".formatted(port)
                + " -d '{\"phone_number\": \"+1 202-555-0100\", \"first_name\": \"Ada\"}'";
    }

    private static String everywhere(int port) {
        return """
                All calls, to try in a browser: http://localhost:%d/docs
                The data: %s
                """.formatted(port, EmbeddedPostgres.place());
    }
}
