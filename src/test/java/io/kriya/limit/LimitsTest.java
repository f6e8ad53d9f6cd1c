package io.kriya.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.TestSettings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class LimitsTest {

    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

    @Inject
    Limits limits;

    private final String key = UUID.randomUUID().toString();

    /** Empty if it passes, else when the next request passes. */
    private Optional<Instant> take(Limit limit, Instant now) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try {
                limits.take("test", limit, key, now);
                return Optional.empty();
            } catch (LimitedException refusal) {
                return Optional.of(refusal.retryAt());
            }
        });
    }

    private int passedAtOnce(Limit limit, Instant now) {
        int passed = 0;
        while (take(limit, now).isEmpty()) {
            passed++;
        }
        return passed;
    }

    @ParameterizedTest
    @CsvSource({"1/10s, 1", "2/10s, 1", "3/10s, 2", "7/60s, 4", "20/24h, 10", "100/1d, 50"})
    void halfOfALimitPassesAtOnce(String text, int half) {
        assertThat(passedAtOnce(Limit.parse(text), START)).isEqualTo(half);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/10s", "2/10s", "3/10s", "7/60s", "20/24h"})
    void noPeriodHasMoreThanTheLimit(String text) {
        Limit limit = Limit.parse(text);
        var taken = new ArrayList<Instant>();
        for (Instant now = START; taken.size() < 3 * limit.count() + 3; ) {
            Instant at = now;
            now = take(limit, now).orElseGet(() -> {
                taken.add(at);
                return at;
            });
        }
        for (int i = limit.count(); i < taken.size(); i++) {
            // The database keeps microseconds: each interval may be shorter by one.
            assertThat(Duration.between(taken.get(i - limit.count()), taken.get(i)))
                    .isGreaterThanOrEqualTo(limit.period().minusNanos(1_000L * limit.count()));
        }
    }

    @Test
    void anIdleWeekSavesNothingUp() {
        Limit limit = Limit.parse("20/24h");
        assertThat(take(limit, START)).isEmpty();
        assertThat(passedAtOnce(limit, START.plus(Duration.ofDays(7)))).isEqualTo(10);
    }

    @Test
    void aRefusedRequestPassesAtTheInstantThatTheRefusalNames() {
        Limit limit = Limit.parse("20/24h");
        passedAtOnce(limit, START);
        Instant next = take(limit, START).orElseThrow();
        assertThat(take(limit, next.minusMillis(1))).contains(next);
        assertThat(take(limit, next)).isEmpty();
    }

    @Test
    void aTakeThatIsGivenBackMayBeRepeated() {
        Limit limit = Limit.parse("20/24h");
        passedAtOnce(limit, START);
        QuarkusTransaction.requiringNew()
                .run(() -> limits.givingBack("test", limit, key).update());
        assertThat(passedAtOnce(limit, START)).isEqualTo(1);
    }
}
