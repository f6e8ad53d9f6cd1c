package io.kriya.database.availability;

import io.kriya.database.Cancellation;
import io.kriya.database.DatabaseConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Interrupts threads whose time is over, and what the database does for them. */
@ApplicationScoped
public class Timeouts {

    private final DatabaseConfig config;
    private final Cancellation cancellation;
    private final ScheduledThreadPoolExecutor clock;
    private volatile Duration warmUp;

    Timeouts(DatabaseConfig config, Cancellation cancellation) {
        this.config = config;
        this.cancellation = cancellation;
        clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("database-deadline").factory());
        clock.setRemoveOnCancelPolicy(true);
    }

    Alarm set(Thread thread, Deadline deadline) {
        return new Alarm(thread, millis(deadline));
    }

    /** How long the work may take. */
    int millis(Deadline deadline) {
        Duration patience = warmUp;
        if (patience != null) {
            return (int) patience.toMillis();
        }
        return Math.min(deadline.atMostMillis(), config.timeoutMillis());
    }

    /** From here on work may take as long as this: no request waits for it. */
    public void beginWarmUp(Duration patience) {
        warmUp = patience;
    }

    public void endWarmUp() {
        warmUp = null;
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
    }

    final class Alarm {

        private final Thread thread;
        private final Future<?> ringing;
        private boolean over;
        private boolean rang;

        private Alarm(Thread thread, int millis) {
            this.thread = thread;
            ringing = clock.schedule(this::ring, millis, TimeUnit.MILLISECONDS);
        }

        private synchronized void ring() {
            if (!over) {
                rang = true;
                cancellation.cancel(thread);
                thread.interrupt();
            }
        }

        synchronized boolean rang() {
            return rang;
        }

        /** From here on the thread is not interrupted, and an interruption that came is taken back. */
        synchronized void cancel() {
            over = true;
            ringing.cancel(false);
            if (rang) {
                Thread.interrupted();
            }
        }
    }
}
