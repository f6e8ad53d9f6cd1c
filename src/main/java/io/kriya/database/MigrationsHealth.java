package io.kriya.database;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started when the migrations are done. */
@Startup
@Readiness
@Singleton
class MigrationsHealth implements HealthCheck {

    private final Schema schema;

    MigrationsHealth(Schema schema) {
        this.schema = schema;
    }

    @Override
    public HealthCheckResponse call() {
        var response =
                HealthCheckResponse.named("migrations").status(schema.version().isPresent());
        schema.version().ifPresent(version -> response.withData("version", version));
        return response.build();
    }
}
