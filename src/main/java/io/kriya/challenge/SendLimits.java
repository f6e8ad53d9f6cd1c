package io.kriya.challenge;

import io.kriya.account.PhoneNumber;
import io.kriya.limit.Limit;
import io.kriya.limit.Limits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** How many messages may be sent, and how many wrong codes may be tried. */
// Its metrics are there from the start.
@Startup
@ApplicationScoped
class SendLimits {

    private static final String WRONG_CODES = "wrong_codes";
    private static final String CODES_OF_ADDRESS = "codes_of_address";
    private static final String ADDRESS = "address";
    private static final String TOTAL = "total";
    private static final String ALL = "all";

    /** In the order in which they are taken, the same everywhere, so that nobody waits for somebody who waits for them. */
    private final List<Share> shares;

    private final Share total;
    private final Limit wrongCodes;
    private final Limit ofAddress;
    private final Limits limits;
    private final Clock clock;

    private volatile Instant totalPaidAt = Instant.EPOCH;

    private interface Whom {
        String of(PhoneNumber phone, String address, String country);
    }

    private record Share(String limit, Limit bounds, Whom whom) {}

    SendLimits(ChallengeConfig config, Limits limits, Clock clock, MeterRegistry meters) {
        this.limits = limits;
        this.clock = clock;
        ofAddress = Limit.parse(config.limitAddress());
        wrongCodes = Limit.parse(config.limitWrongCodes());
        total = new Share(TOTAL, Limit.parse(config.limitTotal()), (_, _, _) -> ALL);
        shares = List.of(
                new Share("number", Limit.parse(config.limitNumber()), (phone, _, _) -> phone.value()),
                new Share(ADDRESS, ofAddress, (_, address, _) -> address),
                new Share("country", Limit.parse(config.limitCountry()), (_, _, country) -> country),
                total);
        shares.forEach(share -> limits.counter(share.limit()));
        limits.counter(WRONG_CODES);
        limits.counter(CODES_OF_ADDRESS);
        Gauge.builder("kriya.sms.total.used", () -> total.bounds().used(totalPaidAt, this.clock.instant()))
                .description(
                        "Share of the messages that may be sent at once that is used up, as far as is known here, 0 to 1.")
                .register(meters);
    }

    /** Takes one message out of every limit, within the transaction of the caller. */
    void takeMessage(PhoneNumber phone, String address, String country, Instant now) {
        for (Share share : shares) {
            limits.take(share.limit(), share.bounds(), share.whom().of(phone, address, country), now);
        }
        totalPaidAt = limits.paidAt(TOTAL, ALL, now);
    }

    /** Nothing was sent; but whoever asked did ask. */
    void giveMessageBack(PhoneNumber phone, String country) {
        for (Share share : shares) {
            if (!share.limit().equals(ADDRESS)) {
                limits.giveBack(share.limit(), share.bounds(), share.whom().of(phone, "", country));
            }
        }
    }

    /** Takes one guess, for the number and for whoever guesses. */
    void takeGuess(PhoneNumber phone, String address, Instant now) {
        limits.take(WRONG_CODES, wrongCodes, phone.value(), now);
        limits.take(CODES_OF_ADDRESS, ofAddress, address, now);
    }

    /** The number is proven. */
    void forgetGuesses(PhoneNumber phone) {
        limits.forget(WRONG_CODES, phone.value());
    }
}
