package io.kriya.warmup;

import io.kriya.database.availability.DatabaseUnavailable;
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

/** Warms a JVM up before it listens, but not at each reload of dev mode. A binary has its classes from its build. */
@Singleton
class WarmUps {

    /** Before every observer but the migrations, whose tables it needs. */
    private static final int PRIORITY = Migrations.PRIORITY + 1;

    private static final Logger LOG = Logger.getLogger(WarmUps.class);

    /** On a fifth of a core it takes half of it. What is not done then is done by requests. */
    private static final Duration MOST = Duration.ofSeconds(20);

    private final List<WarmUp> all;
    private final Timeouts alarms;
    private volatile boolean isGivenUp;

    WarmUps(@All List<WarmUp> all, Timeouts alarms) {
        this.all = all;
        this.alarms = alarms;
    }

    void start(@Observes @Priority(PRIORITY) StartupEvent started) throws InterruptedException {
        if (ImageMode.current() == ImageMode.NATIVE_RUN || LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        // Where it is slow that is expected, and tells nothing of the database.
        alarms.beginWarmUp(MOST);
        var thread = Thread.ofVirtual().name("warm-up").start(this::run);
        if (!thread.join(MOST)) {
            isGivenUp = true;
            thread.interrupt();
            tell("it took too long");
        }
        alarms.endWarmUp();
    }

    private void run() {
        try {
            all.forEach(this::run);
        } catch (RuntimeException failed) {
            if (!isGivenUp) {
                tell(Outage.reason(failed));
            }
        }
    }

    private void run(WarmUp one) {
        try {
            one.run();
        } catch (DatabaseUnavailable late) {
            if (isGivenUp) {
                throw late;
            }
            LOG.debug("The pool has waited too short for its first connection", late);
            one.run();
        }
    }

    private static void tell(String reason) {
        LOG.infof("The first requests may be slow, not all could be warmed up: %s", reason);
    }
}
