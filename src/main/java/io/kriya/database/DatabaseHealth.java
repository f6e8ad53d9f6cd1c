package io.kriya.database;

import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready where the database answers a connection of its own within a second, and has the tables of this version. It is
 * asked once at a time, and what it answered holds for a second: however many ask, a replica takes no more than one
 * connection for it.
 */
@Readiness
@Singleton
class DatabaseHealth implements AsyncHealthCheck {

    private static final Duration HOLDS = Duration.ofSeconds(1);

    private final Schema schema;
    private final Uni<HealthCheckResponse> answer;
    private boolean asking;
    private long answered = System.nanoTime() - HOLDS.toNanos();

    DatabaseHealth(Schema schema, @VirtualThreads ExecutorService virtualThreads) {
        this.schema = schema;
        answer = Uni.createFrom()
                .item(this::ask)
                .runSubscriptionOn(virtualThreads)
                .onFailure()
                .invoke(this::hasAnswered)
                .memoize()
                .until(this::isDue);
    }

    private synchronized boolean isDue() {
        if (asking || System.nanoTime() - answered < HOLDS.toNanos()) {
            return false;
        }
        asking = true;
        return true;
    }

    private synchronized void hasAnswered() {
        asking = false;
        answered = System.nanoTime();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return answer;
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
        } finally {
            hasAnswered();
        }
    }
}
