package io.kriya.database.migration;

import io.kriya.database.availability.MigrationState;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Always up: the service does not listen before the migrations are done. */
@Startup
@Readiness
@Singleton
class MigrationsHealth implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("migrations")
                .up()
                .withData("version", MigrationState.LATEST)
                .build();
    }
}
