package io.kriya.database.availability;

import io.quarkus.arc.All;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready where requests can be answered: where the database has the tables of this version, as a connection of the pool or
 * one outside of it tells; or has answered something lately; or where what is kept may outlast it. It is asked once at a
 * time, and what it answered holds for a second: however many ask, a replica takes no more than one connection for it.
 */
@Readiness
@Singleton
class DatabaseHealth implements AsyncHealthCheck {

    private static final Duration HOLDS = Duration.ofSeconds(1);

    private static final Duration LATELY = Duration.ofSeconds(3);

    private final MigrationState schema;
    private final Outage outage;
    private final List<Outlasting> outlasting;
    private final Uni<HealthCheckResponse> answer;
    private boolean asking;
    private long answered = System.nanoTime() - HOLDS.toNanos();

    DatabaseHealth(
            MigrationState schema,
            Outage outage,
            @All List<Outlasting> outlasting,
            @VirtualThreads ExecutorService virtualThreads) {
        this.schema = schema;
        this.outage = outage;
        this.outlasting = outlasting;
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

    /** The pool's connections may be all in use while the database is well; or a new one may be refused while those are good. */
    private boolean isCurrent() {
        try {
            return schema.isCurrentInPool();
        } catch (DatabaseUnavailable _) {
            return schema.isCurrent();
        }
    }

    private HealthCheckResponse ask() {
        var response = HealthCheckResponse.named("database");
        try {
            return isCurrent()
                    ? response.up().build()
                    : response.down()
                            .withData("reason", "its tables are older than this version of Kriya")
                            .build();
        } catch (DatabaseUnavailable unavailable) {
            if (outage.hasAnswered(LATELY)) {
                return response.up()
                        .withData("reason", "it takes no new connection, but answers")
                        .build();
            }
            boolean isOutlasted = outlasting.stream().anyMatch(Outlasting::outlasts);
            return response.withData("reason", "it does not answer")
                    .status(isOutlasted)
                    .build();
        } finally {
            hasAnswered();
        }
    }
}
