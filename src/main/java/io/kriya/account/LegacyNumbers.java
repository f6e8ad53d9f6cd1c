package io.kriya.account;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Warns, at every start, of users who can't log in: their phone number is malformed, or another user's in another form. */
@Singleton
class LegacyNumbers {

    private static final Logger LOG = Logger.getLogger(LegacyNumbers.class);

    private final PhoneConfig config;

    LegacyNumbers(PhoneConfig config) {
        this.config = config;
    }

    void report(@Observes StartupEvent started) {
        // Some small countries have short numbers.
        long count = User.countUnusableNumbers(config.isStrict() ? 7 : 10);
        if (count > 0) {
            LOG.warnf(
                    "%d users of the older service can't log in: their phone numbers are malformed, or another"
                            + " user's once normalized. See docs/how-to/take-over-an-older-database.md",
                    count);
        }
    }
}
