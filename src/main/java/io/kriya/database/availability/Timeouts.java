package io.kriya.database.availability;

import io.kriya.database.Cancellation;
import io.kriya.database.DatabaseConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Interrupts threads whose deadline has passed, and cancels their statements. */
@ApplicationScoped
public class Timeouts {

    private final DatabaseConfig config;
    private final Cancellation cancellation;
    private final ScheduledThreadPoolExecutor scheduler;
    private volatile Duration warmUpTimeout;

    Timeouts(DatabaseConfig config, Cancellation cancellation) {
        this.config = config;
        this.cancellation = cancellation;
        scheduler = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("database-deadline").factory());
        scheduler.setRemoveOnCancelPolicy(true);
    }

    Timeout start(Thread thread, Deadline deadline) {
        return new Timeout(thread, millis(deadline));
    }

    int millis(Deadline deadline) {
        Duration warmUp = warmUpTimeout;
        return warmUp != null ? (int) warmUp.toMillis() : Math.min(deadline.atMostMillis(), config.timeoutMillis());
    }

    /** Overrides all timeouts during the warm-up; null ends the override. */
    public void setWarmUpTimeout(Duration timeout) {
        warmUpTimeout = timeout;
    }

    @PreDestroy
    void stop() {
        scheduler.shutdownNow();
    }

    final class Timeout {

        private final Thread thread;
        private final Future<?> scheduled;
        private boolean isCancelled;
        private boolean hasExpired;

        private Timeout(Thread thread, int millis) {
            this.thread = thread;
            scheduled = scheduler.schedule(this::expire, millis, TimeUnit.MILLISECONDS);
        }

        private synchronized void expire() {
            if (!isCancelled) {
                hasExpired = true;
                cancellation.cancel(thread);
                thread.interrupt();
            }
        }

        synchronized boolean hasExpired() {
            return hasExpired;
        }

        /** Also clears the interruption of a timeout that has expired. */
        synchronized void cancel() {
            isCancelled = true;
            scheduled.cancel(false);
            if (hasExpired) {
                cancellation.reset(thread);
                Thread.interrupted();
            }
        }
    }
}
