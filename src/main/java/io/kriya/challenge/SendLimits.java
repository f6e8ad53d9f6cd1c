package io.kriya.challenge;

import io.kriya.account.PhoneNumber;
import io.kriya.database.Sql;
import io.kriya.limit.Cooldown;
import io.kriya.limit.Limit;
import io.kriya.limit.LimitedException;
import io.kriya.limit.Limits;
import io.kriya.proof.ProofsOfWork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rate limits of messages and of attempts. Their metrics exist from the start. Rows are always locked in the same
 * order, to prevent deadlocks.
 */
@Startup
@ApplicationScoped
class SendLimits {

    private static final String COOLDOWN = "cooldown";
    private static final String FIRST = "first";
    private static final String NUMBER = "number";
    private static final String NUMBER_ADDRESS = "number_address";
    private static final String ADDRESS = "address";
    private static final String ADDRESS_DAY = "address_day";
    private static final String COUNTRY = "country";
    private static final String TOTAL = "total";
    private static final String WRONG_CODES = "wrong_codes";
    private static final String CODES_OF_ADDRESS = "codes_of_address";
    private static final String TOTAL_CODES = "total_codes";
    private static final String PROOF_OF_WORK = "proof_of_work";

    private static final String ALWAYS = "always";
    private static final String NEVER = "never";

    /** The single key of a total limit. */
    private static final String ALL = "all";

    /** The first message that an address requests for a number in a day. */
    private static final Limit ONCE_A_DAY = new Limit(1, Duration.ofDays(1));

    private final Limit ofNumber;
    private final Limit ofNumberAndAddress;
    private final Limit ofAddress;
    private final Limit ofAddressAndDay;
    private final Limit ofCountry;
    private final Limit total;
    private final Limit wrongCodes;
    private final Limit codesOfAddress;
    private final Limit totalCodes;
    private final String proofOfWork;
    private final ProofsOfWork proofs;
    private final Cooldown cooldown;
    private final Limits limits;
    private final Clock clock;

    private volatile Instant totalArrival = Instant.EPOCH;

    SendLimits(
            ChallengeConfig config,
            ProofsOfWork proofs,
            Cooldown cooldown,
            Limits limits,
            Clock clock,
            MeterRegistry meters) {
        this.proofs = proofs;
        this.cooldown = cooldown;
        this.limits = limits;
        this.clock = clock;
        ofNumber = Limit.parse(config.limitNumber());
        ofNumberAndAddress = Limit.parse(config.limitNumberAddress());
        ofAddress = Limit.parse(config.limitAddress());
        ofAddressAndDay = Limit.parse(config.limitAddressDay());
        ofCountry = Limit.parse(config.limitCountry());
        total = Limit.parse(config.limitTotal());
        wrongCodes = Limit.parse(config.limitWrongCodes());
        codesOfAddress = Limit.parse(config.limitAddressWrongCodes());
        totalCodes = Limit.parse(config.limitTotalWrongCodes());
        proofOfWork = config.proofOfWork();
        List.of(
                        COOLDOWN,
                        NUMBER,
                        NUMBER_ADDRESS,
                        ADDRESS,
                        ADDRESS_DAY,
                        COUNTRY,
                        TOTAL,
                        WRONG_CODES,
                        CODES_OF_ADDRESS,
                        TOTAL_CODES,
                        PROOF_OF_WORK)
                .forEach(limits::counter);
        Gauge.builder("kriya.sms.total.used", () -> total.used(totalArrival, this.clock.instant()))
                .description(
                        "Used share of the burst of the total message limit of strangers, as this replica last saw it, 0 to 1.")
                .register(meters);
    }

    /**
     * A message that may be sent.
     *
     * @param isFirst whether it is a stranger's first to the number today
     */
    record Permit(Requester requester, String country, boolean isFirst) {}

    /**
     * Takes one message from each limit.
     *
     * @return empty if the number got a message just now, so that none may be sent; then only the
     *     challenge is counted
     */
    Optional<Permit> takeMessage(Requester requester, String country, Instant now) {
        if (!requester.isKnown()) {
            checkAddress(requester, now);
        }
        if (!coolDown(requester, now)) {
            takeChallenge(requester, now);
            return Optional.empty();
        }
        return Optional.of(
                requester.isKnown()
                        ? takeOfKnownDevice(requester, country, now)
                        : takeOfStranger(requester, country, now));
    }

    /** A flood from one address is refused before its requests queue for the rows of limits. */
    private void checkAddress(Requester requester, Instant now) {
        try {
            limits.check(ADDRESS, ofAddress, requester.caller().address(), now);
            limits.check(ADDRESS_DAY, ofAddressAndDay, requester.caller().network(), now);
        } catch (LimitedException limited) {
            throw new ChallengeException(new ChallengeFailure.Limited(limited.retryAt()));
        }
    }

    private boolean coolDown(Requester requester, Instant now) {
        try {
            return cooldown.take(requester.phoneKey(), now);
        } catch (LimitedException limited) {
            limits.counter(COOLDOWN).increment();
            throw new ChallengeException(new ChallengeFailure.Limited(limited.retryAt()));
        }
    }

    /** Decides a message to a known device. Its account is limited, not its address, which strangers may share. */
    private Permit takeOfKnownDevice(Requester requester, String country, Instant now) {
        take(NUMBER, ofNumber, requester.phoneKey(), now);
        take(COUNTRY, ofCountry, requester.sharedKey(country), now);
        take(TOTAL, total, requester.sharedKey(ALL), now);
        return new Permit(requester, country, false);
    }

    /** Decides a message to a stranger. */
    private Permit takeOfStranger(Requester requester, String country, Instant now) {
        boolean isFirst = limits.tryTake(FIRST, ONCE_A_DAY, requester.pairKey(), now);
        Instant halfUsedUntil = Stream.of(
                        isFirst
                                ? halfUsedUntil(NUMBER, ofNumber, requester.phoneKey(), now)
                                : takeMessage(NUMBER, ofNumber, requester.phoneKey(), now),
                        takeMessage(NUMBER_ADDRESS, ofNumberAndAddress, requester.pairKey(), now),
                        takeMessage(ADDRESS, ofAddress, requester.caller().address(), now),
                        takeMessage(
                                ADDRESS_DAY, ofAddressAndDay, requester.caller().network(), now),
                        takeMessage(COUNTRY, ofCountry, country, now))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        checkProof(requester.caller(), halfUsedUntil, now);
        totalArrival = take(TOTAL, total, ALL, now);
        return new Permit(requester, country, isFirst);
    }

    /**
     * Takes a message from a limit.
     *
     * @return until when more than half of the limit is used, without this message
     */
    private Instant takeMessage(String name, Limit limit, String key, Instant now) {
        return limit.halfUsedUntil(take(name, limit, key, now).minus(limit.emissionInterval()));
    }

    private Instant halfUsedUntil(String name, Limit limit, String key, Instant now) {
        return limit.halfUsedUntil(limits.theoreticalArrival(name, key).orElse(now));
    }

    private void checkProof(Caller caller, Instant halfUsedUntil, Instant now) {
        boolean isRequired =
                switch (proofOfWork) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    default -> now.isBefore(halfUsedUntil);
                };
        if (isRequired
                && caller.proofOfWork()
                        .filter(solution -> proofs.redeem(solution, caller.network(), now))
                        .isEmpty()) {
            limits.counter(PROOF_OF_WORK).increment();
            throw new ChallengeException(new ChallengeFailure.ProofRequired(halfUsedUntil));
        }
    }

    /** Takes a challenge without a message, so that its row counts: from the account of a known device, else the address. */
    void takeChallenge(Requester requester, Instant now) {
        if (requester.isKnown()) {
            take(NUMBER, ofNumber, requester.phoneKey(), now);
        } else {
            take(ADDRESS, ofAddress, requester.caller().address(), now);
            take(ADDRESS_DAY, ofAddressAndDay, requester.caller().network(), now);
        }
    }

    /** Gives an unsent message back to all limits but those of the client address. */
    void returnMessage(Permit permit) {
        Requester requester = permit.requester();
        cooldown.giveBack(requester.phoneKey());
        List<Sql> writes = new ArrayList<>();
        writes.add(
                permit.isFirst()
                        ? limits.resetting(FIRST, requester.pairKey())
                        : limits.givingBack(NUMBER, ofNumber, requester.phoneKey()));
        if (!requester.isKnown()) {
            writes.add(limits.givingBack(NUMBER_ADDRESS, ofNumberAndAddress, requester.pairKey()));
        }
        writes.add(limits.givingBack(COUNTRY, ofCountry, requester.sharedKey(permit.country())));
        writes.add(limits.givingBack(TOTAL, total, requester.sharedKey(ALL)));
        Sql.updateAll(writes);
    }

    /**
     * Takes one attempt from the limits of the number and, for a stranger, of the client address and of all strangers.
     *
     * @return whether the code may be compared
     */
    boolean takeGuess(Requester requester, Instant now) {
        boolean passes = tryGuess(WRONG_CODES, wrongCodes, requester.phoneKey(), now);
        if (!requester.isKnown()) {
            passes &= tryGuess(
                    CODES_OF_ADDRESS, codesOfAddress, requester.caller().network(), now);
            passes &= tryGuess(TOTAL_CODES, totalCodes, ALL, now);
        }
        return passes;
    }

    /** Takes an attempt that counts for the number alone, and that limits never refuse, as the first of a challenge. */
    Sql takingFreeGuess(Requester requester, Instant now) {
        return limits.taking(WRONG_CODES, wrongCodes, requester.phoneKey(), now);
    }

    private boolean tryGuess(String name, Limit limit, String key, Instant now) {
        boolean passes = limits.tryTake(name, limit, key, now);
        if (!passes) {
            limits.counter(name).increment();
        }
        return passes;
    }

    /**
     * Resets the attempts of a number that was verified, and gives the right code and its message back to the limits of
     * the address, which many users may share. Those of the number and the country stay: a user with many logins could
     * else use up what all users of the country share.
     *
     * @param isFree whether the right code was
     */
    List<Sql> settling(Requester requester, boolean isFree) {
        List<Sql> writes = new ArrayList<>();
        writes.add(limits.resetting(WRONG_CODES, requester.phoneKey()));
        if (!requester.isKnown()) {
            Caller caller = requester.caller();
            if (!isFree) {
                writes.add(limits.givingBack(CODES_OF_ADDRESS, codesOfAddress, caller.network()));
                writes.add(limits.givingBack(TOTAL_CODES, totalCodes, ALL));
            }
            writes.add(limits.givingBack(NUMBER_ADDRESS, ofNumberAndAddress, requester.pairKey()));
            writes.add(limits.givingBack(ADDRESS, ofAddress, caller.address()));
            writes.add(limits.givingBack(ADDRESS_DAY, ofAddressAndDay, caller.network()));
        }
        return writes;
    }

    /** Resets the attempts of a number. Its other limits, of messages, expire within a day. */
    void forget(PhoneNumber phone) {
        limits.resetting(WRONG_CODES, Requester.phoneKey(phone, false)).update();
        limits.resetting(WRONG_CODES, Requester.phoneKey(phone, true)).update();
    }

    private Instant take(String name, Limit limit, String key, Instant now) {
        try {
            return limits.take(name, limit, key, now);
        } catch (LimitedException limited) {
            throw new ChallengeException(new ChallengeFailure.Limited(limited.retryAt()));
        }
    }
}
