package io.kriya.database;

import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready where the database answers a connection of its own within a second, and has the tables of this version. */
@Readiness
@Singleton
class DatabaseHealth implements AsyncHealthCheck {

    private final Schema schema;
    private final ExecutorService virtualThreads;

    DatabaseHealth(Schema schema, @VirtualThreads ExecutorService virtualThreads) {
        this.schema = schema;
        this.virtualThreads = virtualThreads;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom().item(this::ask).runSubscriptionOn(virtualThreads);
    }

    private HealthCheckResponse ask() {
        var response = HealthCheckResponse.named("database");
        try {
            return schema.isCurrent()
                    ? response.up().build()
                    : response.down()
                            .withData("reason", "its tables are older than this version of Kriya")
                            .build();
        } catch (DatabaseUnavailable unavailable) {
            return response.down().withData("reason", "it does not answer").build();
        }
    }
}
