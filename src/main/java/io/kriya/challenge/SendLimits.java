package io.kriya.challenge;

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
    boolean takeMessage(Requester requester, String country, Instant now) {
        if (!coolDown(requester, now)) {
            return false;
        }
        if (requester.isKnown()) {
            takeOfKnownDevice(requester, country, now);
        } else {
            takeOfStranger(requester, country, now);
        }
        return true;
    }

    /** Decides a message to a known device. Its account is limited, not its address, which strangers may share. */
    private void takeOfKnownDevice(Requester requester, String country, Instant now) {
        take(NUMBER, ofNumber, requester.phoneKey(), now);
        take(COUNTRY, ofCountry, country, now);
        totalArrival = take(TOTAL, total, ALL, now);
    }

    /** Decides a message to a stranger, which leaves the reserve of the country and of the total to known devices. */
    private void takeOfStranger(Requester requester, String country, Instant now) {
        take(NUMBER, ofNumber, requester.phoneKey(), now);
        take(ADDRESS, ofAddress, requester.caller().address(), now);
        take(COUNTRY, ofCountry.withReserve(), country, now);
        totalArrival = take(TOTAL, total.withReserve(), ALL, now);
    }

    private boolean coolDown(Requester requester, Instant now) {
        try {
            return cooldown.take(requester.phoneKey(), now);
        } catch (LimitedException limited) {
            limits.counter(COOLDOWN).increment();
            throw new ChallengeException(new ChallengeFailure.Limited(limited.retryAt()));
        }
    }

    /** Gives an unsent message back to all limits, in the same order, but not to that of the client address. */
    void returnMessage(Requester requester, String country) {
        cooldown.giveBack(requester.phoneKey());
        limits.giveBack(NUMBER, ofNumber, requester.phoneKey());
        limits.giveBack(COUNTRY, ofCountry, country);
        limits.giveBack(TOTAL, total, ALL);
    }

    /** Takes one attempt from the rate limits of the number and, for a stranger, of the client address. */
    void takeGuess(Requester requester, Instant now) {
        take(WRONG_CODES, wrongCodes, requester.phoneKey(), now);
        if (!requester.isKnown()) {
            take(CODES_OF_ADDRESS, ofAddress, requester.caller().address(), now);
        }
    }

    /** Resets the attempts of a number that was verified. */
    void resetGuesses(Requester requester) {
        limits.reset(WRONG_CODES, requester.phoneKey());
    }

    private Instant take(String name, Limit limit, String key, Instant now) {
        try {
            return limits.take(name, limit, key, now);
        } catch (LimitedException limited) {
            throw new ChallengeException(new ChallengeFailure.Limited(limited.retryAt()));
        }
    }
}
