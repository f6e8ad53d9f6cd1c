package io.kriya.config;

import io.kriya.challenge.ChallengeConfig;
import io.kriya.limit.Cooldown;
import io.kriya.limit.Limit;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What attackers of so many addresses can do within the defaults of the limits, as docs/verification.md has it. */
final class AttackTable {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int DAYS = 365;
    private static final double CHANCE = 1e-6;
    private static final double DOLLARS_PER_MESSAGE = 0.25;

    private final ChallengeConfig defaults = KnownSettings.mapping(Map.of(), ChallengeConfig.class);

    String text() {
        return """
                | addresses | 1 | 20 | 1000 |
                |---|---:|---:|---:|
                """
                + row("messages a day, to many numbers", "%,d", this::messages)
                + row("their cost on the first day, at $0.25 each", "$%,.0f", a -> messages(a) * DOLLARS_PER_MESSAGE)
                + row("codes tried a day, of many accounts", "%,d", this::guesses)
                + row("chance to get into any account, in a day", "%.4f %%", a -> chance(guesses(a)))
                + row("the same, in a year", "%.1f %%", a -> chance(DAYS * guesses(a)))
                + row("messages a day, to one number", "%,d", this::messagesToOne)
                + row(
                        "chance to get into one given account, in a day",
                        "%.4f %%",
                        a -> chance(
                                messagesToOne(a) + Math.min(4 * messagesToOne(a), count(defaults.limitWrongCodes()))))
                + row(
                        "the same, in a year",
                        "%.1f %%",
                        a -> chance(DAYS * messagesToOne(a) + count(defaults.limitWrongCodes())));
    }

    private interface Cell {
        Object of(long addresses);
    }

    private static String row(String name, String format, Cell cell) {
        return LongStream.of(1, 20, 1000)
                .mapToObj(addresses -> String.format(Locale.ROOT, format, cell.of(addresses)))
                .collect(Collectors.joining(" | ", "| " + name + " | ", " |\n"));
    }

    private long messages(long addresses) {
        return Math.min(addresses * daily(defaults.limitAddressDay()), daily(defaults.limitTotal()));
    }

    /** The first code of each challenge, and further ones. */
    private long guesses(long addresses) {
        return messages(addresses)
                + Math.min(
                        addresses * daily(defaults.limitAddressWrongCodes()), daily(defaults.limitTotalWrongCodes()));
    }

    private long messagesToOne(long addresses) {
        long spaced = Cooldown.COUNT * DAY.dividedBy(Cooldown.PERIOD);
        return Math.min(
                spaced,
                Math.min(addresses * daily(defaults.limitNumberAddress()), addresses + daily(defaults.limitNumber())));
    }

    private static long daily(String limit) {
        Limit parsed = Limit.parse(limit);
        return parsed.count() * Math.max(1, DAY.dividedBy(parsed.period()));
    }

    private static long count(String limit) {
        return Limit.parse(limit).count();
    }

    private static double chance(long guesses) {
        return 100 * (1 - Math.pow(1 - CHANCE, guesses));
    }
}
