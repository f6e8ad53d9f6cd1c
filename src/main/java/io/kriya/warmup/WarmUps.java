package io.kriya.warmup;

import io.kriya.database.availability.Outage;
import io.kriya.database.availability.Timeouts;
import io.kriya.database.migration.Migrations;
import io.quarkus.arc.All;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Runs all warm-ups before a JVM listens, except in dev mode. A native binary needs none. */
@Singleton
class WarmUps {

    /** After the migrations, and before all other observers. */
    private static final int PRIORITY = Migrations.PRIORITY + 1;

    private static final Logger LOG = Logger.getLogger(WarmUps.class);

    /** Half of it is needed on a fifth of a core. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final List<WarmUp> all;
    private final Timeouts timeouts;
    private volatile boolean isTimedOut;

    WarmUps(@All List<WarmUp> all, Timeouts timeouts) {
        this.all = all;
        this.timeouts = timeouts;
    }

    void start(@Observes @Priority(PRIORITY) StartupEvent started) throws InterruptedException {
        if (ImageMode.current() == ImageMode.NATIVE_RUN || LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        // A slow warm-up is no sign of an outage.
        timeouts.setWarmUpTimeout(TIMEOUT);
        var thread = Thread.ofVirtual().name("warm-up").start(this::run);
        if (!thread.join(TIMEOUT)) {
            isTimedOut = true;
            thread.interrupt();
            log("it took too long");
        }
        timeouts.setWarmUpTimeout(null);
    }

    private void run() {
        try {
            for (WarmUp warmUp : all) {
                warmUp.run();
            }
        } catch (RuntimeException failed) {
            if (!isTimedOut) {
                log(Outage.reason(failed));
            }
        }
    }

    private static void log(String reason) {
        LOG.infof("The first requests may be slow, not all could be warmed up: %s", reason);
    }
}
