package io.kriya.database.migration;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Started when the migrations are done: nothing is answered before. */
@Startup
@Readiness
@Singleton
class MigrationsHealth implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("migrations")
                .up()
                .withData("version", Migrations.LATEST)
                .build();
    }
}
