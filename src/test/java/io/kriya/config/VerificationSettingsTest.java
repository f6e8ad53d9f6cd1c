package io.kriya.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.account.PhoneConfig;
import io.kriya.security.ServerKeyConfig;
import io.kriya.sms.SmsConfig;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationSettingsTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
    private static final String SID = "0123456789abcdef0123456789abcdef";
    private static final String WEBHOOK_SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

    private static final Map<String, String> TWILIO = Map.of(
            "PHONE_VERIFICATION", "sms",
            "SECRET_KEY", "a-secret-key-of-32-characters-or-more",
            "SMS_SENDERS", "twilio",
            "SMS_COUNTRIES", "US",
            "TWILIO_ACCOUNT_SID", "AC" + SID,
            "TWILIO_AUTH_TOKEN", "token",
            "TWILIO_FROM", "+12025550100");

    private static Optional<String> unsafe(Map<String, String> environment) {
        return Stream.of(
                        KnownSettings.mapping(environment, ServerKeyConfig.class)
                                .problems(),
                        KnownSettings.mapping(environment, SmsConfig.class).problems(),
                        PhoneConfig.problems(KnownSettings.mapping(environment, PhoneConfig.class), TODAY))
                .flatMap(problems -> problems)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Map<String, String> with(String name, String value) {
        var environment = new HashMap<>(TWILIO);
        environment.put(name, value);
        return environment;
    }

    @ParameterizedTest
    @CsvSource({
        "SECRET_KEY",
        "SMS_SENDERS",
        "SMS_COUNTRIES",
        "TWILIO_ACCOUNT_SID",
        "TWILIO_AUTH_TOKEN",
        "TWILIO_FROM",
    })
    void productionDoesNotStartWithoutWhatVerificationNeeds(String name) {
        assertThat(unsafe(TWILIO)).isEmpty();
        var environment = new HashMap<>(TWILIO);
        environment.remove(name);
        assertThat(unsafe(environment))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).startsWith(name).contains("is required"));
    }

    @Test
    void allCountriesAreServedWhereThatIsSaid() {
        assertThat(unsafe(with("SMS_COUNTRIES", "*"))).isEmpty();
    }

    @Test
    void aMessagingServiceIsAsGoodAsANumber() {
        var environment = new HashMap<>(TWILIO);
        environment.remove("TWILIO_FROM");
        environment.put("TWILIO_MESSAGING_SERVICE_SID", "MG" + SID);
        assertThat(unsafe(environment)).isEmpty();
    }

    @Test
    void whatsAppAndCallsNeedTheirOwn() {
        var environment = with("SMS_SENDERS", "twilio, whatsapp, voice");
        for (var own : List.of(
                Map.entry("WHATSAPP_PHONE_NUMBER_ID", "106540352242922"),
                Map.entry("WHATSAPP_ACCESS_TOKEN", "EAAJB"),
                Map.entry("WHATSAPP_TEMPLATE", "kriya_code"))) {
            assertThat(unsafe(environment))
                    .hasValueSatisfying(sentence -> assertThat(sentence).startsWith(own.getKey()));
            environment.put(own.getKey(), own.getValue());
        }
        assertThat(unsafe(environment)).isEmpty();
        environment.put("TWILIO_FROM", "Kriya");
        assertThat(unsafe(environment))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("TWILIO_VOICE_FROM"));
        environment.put("TWILIO_VOICE_FROM", "+12025550100");
        assertThat(unsafe(environment)).isEmpty();
    }

    @Test
    void theChannelOfACountryNeedsASender() {
        assertThat(unsafe(with("SMS_CHANNELS", "IN=sms"))).isEmpty();
        assertThat(unsafe(with("SMS_CHANNELS", "IN=sms,BR=voice")))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("SMS_CHANNELS"));
    }

    @Test
    void receiptsOfTwilioNeedAUrlThatItCanPostTo() {
        var environment = with("SMS_RECEIPTS", "true");
        assertThat(unsafe(environment))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("PUBLIC_URL is required"));
        environment.put("PUBLIC_URL", "https://login.example.com");
        assertThat(unsafe(environment)).isEmpty();
    }

    @Test
    void everySenderOfTheListNeedsItsOwn() {
        var environment = with("SMS_SENDERS", "twilio, webhook");
        assertThat(unsafe(environment))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("SMS_WEBHOOK_URL"));
        environment.put("SMS_WEBHOOK_URL", "https://sms.example.com/send");
        assertThat(unsafe(environment))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("SMS_WEBHOOK_SECRET"));
        environment.put("SMS_WEBHOOK_SECRET", WEBHOOK_SECRET);
        assertThat(unsafe(environment)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"thirty-one characters are few..", "'                                    '"})
    void aKeyHasThirtyTwoCharactersWherePhonesAreVerified(String key) {
        for (String name : new String[] {"SECRET_KEY", "SECRET_KEY_PREVIOUS"}) {
            assertThat(unsafe(with(name, key)))
                    .hasValueSatisfying(sentence -> assertThat(sentence).startsWith(name));
        }
        assertThat(unsafe(Map.of("SECRET_KEY", key))).isEmpty();
    }

    @Test
    void productionDoesNotWriteCodesIntoTheLog() {
        assertThat(unsafe(with("SMS_SENDERS", "twilio,log")))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("SMS_SENDERS"));
    }

    @ParameterizedTest
    @CsvSource({"'', true", "2027-02-22, false", "2027-02-23, true", "2026-11-24, false"})
    void testNumbersEndInNinetyDays(String until, boolean refused) {
        var environment = with("SMS_TEST_NUMBERS", "+15555550100=123456");
        environment.put("SMS_TEST_NUMBERS_UNTIL", until);
        assertThat(unsafe(environment).isPresent()).isEqualTo(refused);
        // Also where phones are not verified today.
        environment.remove("PHONE_VERIFICATION");
        assertThat(unsafe(environment).isPresent()).isEqualTo(refused);
    }

    @Test
    void withoutVerificationNothingIsNeeded() {
        assertThat(unsafe(Map.of())).isEmpty();
    }
}
