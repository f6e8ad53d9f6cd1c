package io.kriya.user;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Reports at every start the people whom an older service left with a number that nobody can log in with. */
@Singleton
class OddNumbers {

    private static final Logger LOG = Logger.getLogger(OddNumbers.class);

    void report(@Observes StartupEvent started) {
        long count = User.countOddNumbers();
        if (count > 0) {
            LOG.warnf(
                    "%d people of an older service can't log in: their numbers are no phone numbers, or somebody else's once"
                            + " written in one form. See docs/operations.md",
                    count);
        }
    }
}
