package io.kriya.account;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Reports at every start the people whom an older service left with a number that nobody can log in with. */
@Singleton
class LegacyNumbers {

    private static final Logger LOG = Logger.getLogger(LegacyNumbers.class);

    private final PhoneConfig config;

    LegacyNumbers(PhoneConfig config) {
        this.config = config;
    }

    void report(@Observes StartupEvent started) {
        // With text messages the short numbers of small countries are good.
        long count = User.countOddNumbers(config.isStrict() ? 7 : 10);
        if (count > 0) {
            LOG.warnf(
                    "%d people of an older service can't log in: their numbers are no phone numbers, or somebody else's once"
                            + " written in one form. See docs/operations.md",
                    count);
        }
    }
}
