package io.kriya.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T00:00:00Z, true",
        "2026-12-31T23:59:59Z, true",
        "2027-01-01T00:00:00Z, false",
    })
    void theyAreSuchUntilTheEndOfTheirLastDay(Instant now, boolean expected) {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "kriya.phone.test-numbers", "+15555550100=123456,+15555550101=000000",
                                "kriya.phone.test-numbers-until", "2026-12-31"),
                        "test",
                        100))
                .withMapping(PhoneConfig.class)
                .build()
                .getConfigMapping(PhoneConfig.class);
        var numbers = new TestNumbers(config, Clock.fixed(now, ZoneOffset.UTC));
        assertThat(numbers.contains(new PhoneNumber("+15555550100"))).isEqualTo(expected);
        assertThat(numbers.codeOf(new PhoneNumber("+15555550101")).isPresent()).isEqualTo(expected);
        assertThat(numbers.contains(new PhoneNumber("+12025550100"))).isFalse();
    }
}
