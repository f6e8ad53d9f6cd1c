package io.kriya.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

    @Test
    void aLimitIsReadInEveryUnit() {
        assertThat(Limit.parse("1/30s")).isEqualTo(new Limit(1, Duration.ofSeconds(30)));
        assertThat(Limit.parse("20/24h")).isEqualTo(new Limit(20, Duration.ofHours(24)));
        assertThat(Limit.parse("5/10m")).isEqualTo(new Limit(5, Duration.ofMinutes(10)));
        assertThat(Limit.parse("10000/1d")).isEqualTo(new Limit(10_000, Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5/",
                "/1h",
                "0/1h",
                "5/0h",
                "-5/1h",
                "5/1w",
                "5/1h ",
                "5 / 1h",
                "1e3/1h",
                "9999999999/1h"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Limit.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1/10s", "2/10s", "3/10s", "7/60s", "20/24h", "10000/1d"})
    void whoeverTakesAllThatIsThereNeverGetsMoreThanTheLimitWithinItsPeriod(String text) {
        Limit limit = Limit.parse(text);
        long interval = limit.interval().toMillis();
        long tolerance = limit.tolerance().toMillis();
        long period = limit.period().toMillis();
        var taken = new ArrayList<Long>();
        long paidAt = 0;
        for (long now = 0; taken.size() < 3 * limit.most() + 3; ) {
            if (paidAt <= now + tolerance) {
                taken.add(now);
                paidAt = Math.max(paidAt, now) + interval;
            } else {
                now = paidAt - tolerance;
            }
        }
        for (int i = limit.most(); i < taken.size(); i++) {
            assertThat(taken.get(i) - taken.get(i - limit.most())).isGreaterThanOrEqualTo(period - limit.most());
        }
    }
}
