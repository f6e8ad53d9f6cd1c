package io.kriya.challenge;

import io.kriya.account.PhoneNumber;
import io.kriya.limit.Cooldown;
import io.kriya.limit.Limit;
import io.kriya.limit.LimitedException;
import io.kriya.limit.Limits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The rate limits of messages and of attempts. Their metrics exist from the start. */
@Startup
@ApplicationScoped
class SendLimits {

    private static final String COOLDOWN = "cooldown";
    private static final String NUMBER = "number";
    private static final String ADDRESS = "address";
    private static final String COUNTRY = "country";
    private static final String TOTAL = "total";
    private static final String WRONG_CODES = "wrong_codes";
    private static final String CODES_OF_ADDRESS = "codes_of_address";

    /** The single key of the total limit. */
    private static final String ALL = "all";

    private final Limit ofNumber;
    private final Limit ofAddress;
    private final Limit ofCountry;
    private final Limit total;
    private final Limit wrongCodes;
    private final Cooldown cooldown;
    private final Limits limits;
    private final Clock clock;

    private volatile Instant totalArrival = Instant.EPOCH;

    SendLimits(ChallengeConfig config, Cooldown cooldown, Limits limits, Clock clock, MeterRegistry meters) {
        this.cooldown = cooldown;
        this.limits = limits;
        this.clock = clock;
        ofNumber = Limit.parse(config.limitNumber());
        ofAddress = Limit.parse(config.limitAddress());
        ofCountry = Limit.parse(config.limitCountry());
        total = Limit.parse(config.limitTotal());
        wrongCodes = Limit.parse(config.limitWrongCodes());
        List.of(COOLDOWN, NUMBER, ADDRESS, COUNTRY, TOTAL, WRONG_CODES, CODES_OF_ADDRESS)
                .forEach(limits::counter);
        Gauge.builder("kriya.sms.total.used", () -> total.used(totalArrival, this.clock.instant()))
                .description("Used share of the burst of the total message limit, as this replica last saw it, 0 to 1.")
                .register(meters);
    }

    /**
     * Takes one message from each limit, always in this order, to prevent deadlocks.
     *
     * @return false if the number got a message just now, so that none may be sent; then nothing is taken
     */
    boolean takeMessage(PhoneNumber phone, String address, String country, Instant now) {
        if (!coolDown(phone, now)) {
            return false;
        }
        take(NUMBER, ofNumber, phone.value(), now);
        take(ADDRESS, ofAddress, address, now);
        take(COUNTRY, ofCountry, country, now);
        totalArrival = take(TOTAL, total, ALL, now);
        return true;
    }

    private boolean coolDown(PhoneNumber phone, Instant now) {
        try {
            return cooldown.take(phone.value(), now);
        } catch (LimitedException limited) {
            limits.counter(COOLDOWN).increment();
            throw new ChallengeException(new ChallengeFailure.Limited(limited.retryAt()));
        }
    }

    /** Gives an unsent message back to all limits, in the same order, but not to that of the client address. */
    void returnMessage(PhoneNumber phone, String country) {
        cooldown.giveBack(phone.value());
        limits.giveBack(NUMBER, ofNumber, phone.value());
        limits.giveBack(COUNTRY, ofCountry, country);
        limits.giveBack(TOTAL, total, ALL);
    }

    /** Takes one attempt from the rate limits of the number and of the client address. */
    void takeGuess(PhoneNumber phone, String address, Instant now) {
        take(WRONG_CODES, wrongCodes, phone.value(), now);
        take(CODES_OF_ADDRESS, ofAddress, address, now);
    }

    /** Resets the attempts of a number that was verified. */
    void resetGuesses(PhoneNumber phone) {
        limits.reset(WRONG_CODES, phone.value());
    }

    private Instant take(String name, Limit limit, String key, Instant now) {
        try {
            return limits.take(name, limit, key, now);
        } catch (LimitedException limited) {
            throw new ChallengeException(new ChallengeFailure.Limited(limited.retryAt()));
        }
    }
}
