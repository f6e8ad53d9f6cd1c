package io.kriya.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
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
}
