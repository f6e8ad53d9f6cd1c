package io.kriya.dev;

import io.kriya.plane.PlaneConfig;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Says how to try Kriya in dev mode. */
@Singleton
@IfBuildProfile("dev")
class DevWelcome {

    private static final Logger LOG = Logger.getLogger(DevWelcome.class);

    private final PlaneConfig plane;
    private final int port;

    DevWelcome(PlaneConfig plane, @ConfigProperty(name = "quarkus.http.port") int port) {
        this.plane = plane;
        this.port = port;
    }

    void say(@Observes StartupEvent started) {
        plane.apiKey().ifPresent(key -> LOG.infof("""
                Kriya is ready at http://localhost:%1$d, its pages at http://localhost:%1$d/docs. Try:

                curl -s http://localhost:%1$d/api/auth/register -H 'Content-Type: application/json' \
                -d '{"phone_number": "+1 202-555-0100", "first_name": "Ada"}'

                curl -s http://localhost:%1$d/api/auth/validate-token -H 'X-API-Key: %2$s' \
                -H 'Content-Type: application/json' -d '{"token": "the token of the answer above"}'
                """, port, key));
    }
}
