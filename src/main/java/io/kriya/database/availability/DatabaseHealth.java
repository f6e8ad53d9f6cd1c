package io.kriya.database.availability;

import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready if requests can be answered: the database has the schema of this version; or it has answered a request
 * lately; or a cache may be used during the outage. One check runs at a time, and its result is reused for a second,
 * so that many probes take no more than one connection.
 */
@Readiness
@Singleton
class DatabaseHealth implements AsyncHealthCheck {

    private static final Duration REUSE = Duration.ofSeconds(1);
    private static final Duration LATELY = Duration.ofSeconds(3);

    private final MigrationState schema;
    private final Outage outage;
    private final Uni<HealthCheckResponse> result;
    private boolean isChecking;
    private long lastCheck = System.nanoTime() - REUSE.toNanos();

    DatabaseHealth(MigrationState schema, Outage outage, @VirtualThreads ExecutorService virtualThreads) {
        this.schema = schema;
        this.outage = outage;
        result = Uni.createFrom()
                .item(this::check)
                .runSubscriptionOn(virtualThreads)
                .onFailure()
                .invoke(this::end)
                .memoize()
                .until(this::begin);
    }

    /** Whether a new check has to begin. */
    private synchronized boolean begin() {
        if (isChecking || System.nanoTime() - lastCheck < REUSE.toNanos()) {
            return false;
        }
        isChecking = true;
        return true;
    }

    private synchronized void end() {
        isChecking = false;
        lastCheck = System.nanoTime();
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return result;
    }

    private HealthCheckResponse check() {
        var response = HealthCheckResponse.named("database");
        try {
            return isCurrent()
                    ? response.up().build()
                    : response.down()
                            .withData("reason", "its tables are older than this version of Kriya")
                            .build();
        } catch (DatabaseUnavailable unavailable) {
            return outage.hasAnsweredWithin(LATELY)
                    ? response.up()
                            .withData("reason", "it takes no new connection, but answers")
                            .build()
                    : response.status(outage.hasFallback())
                            .withData("reason", "it does not answer")
                            .build();
        } finally {
            end();
        }
    }

    /** The pool may be exhausted, or the server may refuse new connections, while the database is available. */
    private boolean isCurrent() {
        try {
            return schema.isCurrentInPool();
        } catch (DatabaseUnavailable _) {
            return schema.isCurrent();
        }
    }
}
