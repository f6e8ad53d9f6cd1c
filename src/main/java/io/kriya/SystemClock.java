package io.kriya;

import io.kriya.database.DatabaseClock;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Provides the clock of the application, which is that of the database. */
class SystemClock {

    @Produces
    @Singleton
    @DefaultBean
    Clock clock(DatabaseClock clock) {
        return clock;
    }
}
