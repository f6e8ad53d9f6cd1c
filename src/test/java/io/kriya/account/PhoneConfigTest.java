package io.kriya.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhoneConfigTest {

    private static PhoneConfig of(Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(keys, "test", 100))
                .withMapping(PhoneConfig.class)
                .build()
                .getConfigMapping(PhoneConfig.class);
    }

    @Test
    void withoutTextMessagesTheContractRules() {
        assertThat(of(Map.of()).verification()).isEqualTo("none");
        assertThat(of(Map.of()).isStrict()).isFalse();
        assertThat(of(Map.of("kriya.phone.verification", "none")).isStrict()).isFalse();
        assertThat(of(Map.of("kriya.phone.numbers", "strict")).isStrict()).isTrue();
    }

    @Test
    void whereTextMessagesAreSentItIsStrict() {
        var sms = Map.of("kriya.phone.verification", "sms");
        assertThat(of(sms).verification()).isEqualTo("sms");
        assertThat(of(sms).isStrict()).isTrue();
        assertThat(of(Map.of("kriya.phone.verification", "sms", "kriya.phone.numbers", "contract"))
                        .isStrict())
                .isTrue();
    }

    @Test
    void aStarIsAllCountries() {
        assertThat(of(Map.of("kriya.phone.countries", "*")).allowedCountries()).isEmpty();
        assertThat(of(Map.of("kriya.phone.countries", "GB,US")).allowedCountries())
                .containsExactly("GB", "US");
    }

    @Test
    void countriesAreAList() {
        assertThat(of(Map.of()).countries()).isEmpty();
        assertThat(of(Map.of("kriya.phone.countries", "GB,US")).countries())
                .hasValueSatisfying(countries -> assertThat(countries).containsExactly("GB", "US"));
    }
}
