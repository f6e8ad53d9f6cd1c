package io.kriya.loginpage;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.oauth.Plane;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The country of a number on the login page. */
class CountryIT {

    private static final Pattern OPTION = Pattern.compile("<option value=([A-Z]{2})( selected)?>");

    @AutoClose
    private static Deployment kriya;

    /** It has a default region, and trusts no proxy. */
    @AutoClose
    private static Deployment atHome;

    @BeforeAll
    static void kriyaServesFourCountries() {
        Map<String, String> settings = new LinkedHashMap<>(Api.CLIENT);
        settings.put("SMS_COUNTRIES", "GB,IN,BR,US");
        settings.put("LOGIN_COUNTRY_HEADER", "CF-IPCountry");
        kriya = Deployment.start(1, settings);
        settings.put("PHONE_DEFAULT_REGION", "US");
        settings.put("TRUSTED_PROXIES", "192.0.2.1");
        atHome = Deployment.start(1, settings);
    }

    private static String page(Deployment kriya, String country, String language) {
        KriyaProcess one = kriya.one();
        return one.send(one.request("/oauth/authorize?" + Plane.query(Plane.state()))
                        .header("CF-IPCountry", country)
                        .header("Accept-Language", language)
                        .build())
                .body();
    }

    private static String proposed(String page) {
        return OPTION.matcher(page)
                .results()
                .filter(option -> option.group(2) != null)
                .map(option -> option.group(1))
                .findFirst()
                .orElse("");
    }

    @Test
    void onlyServedCountriesAreOfferedByName() {
        String page = page(kriya, "XX", "en");
        assertThat(OPTION.matcher(page).results().map(option -> option.group(1)))
                .containsExactly("BR", "IN", "GB", "US");
        assertThat(page).contains("Brazil +55", "<option value=\"\">Choose your country");
        assertThat(page(kriya, "XX", "hi")).contains("भारत +91");
    }

    @ParameterizedTest
    @CsvSource({
        "GB, en-IN, GB",
        "XX, en-IN, IN",
        "gb, en-IN, IN",
        "FR, 'hi, pt-BR;q=0.9, en-GB;q=0.8', BR",
        "T1, en, ''",
        "T1, fr-FR, ''"
    })
    void theCountryOfTheCdnIsProposedElseThatOfTheLanguage(String header, String language, String country) {
        assertThat(proposed(page(kriya, header, language))).isEqualTo(country);
    }

    @Test
    void theDefaultRegionIsProposedBeforeThatOfTheLanguageAndOnlyAProxyIsBelieved() {
        assertThat(proposed(page(atHome, "GB", "en-IN"))).isEqualTo("US");
    }

    @ParameterizedTest
    @CsvSource({
        "GB, 07400 123456, +447400123456",
        "IN, 81234 56789, +918123456789",
        "IN, 081234 56782, +918123456782",
        "BR, (11) 96123-4567, +5511961234567",
        "US, +44 7400 123457, +447400123457",
        "'', +91 81234 56780, +918123456780"
    })
    void aNumberIsReadInTheFormOfTheChosenCountryOrWithItsCode(String country, String typed, String number) {
        var person = new Person(atHome).open(Plane.query(Plane.state()));
        Map<String, String> form = person.withHidden("", "phone_number", typed);
        form.put("country", country);
        assertThat(person.post(person.action(""), form).path()).endsWith("/code");
        assertThat(atHome.messagesTo(number)).isEqualTo(1);
        // Who changes the number finds its country chosen.
        assertThat(proposed(person.follow("").page()))
                .isEqualTo(number.startsWith("+91") ? "IN" : number.startsWith("+55") ? "BR" : "GB");
    }

    @Test
    void afterAnErrorTheChosenCountryIsStillChosenAndItsExampleShown() {
        var person = new Person(atHome).open(Plane.query(Plane.state()));
        assertThat(person.page()).contains("(201) 555-0123");
        Map<String, String> form = person.withHidden("", "phone_number", "12");
        form.put("country", "GB");
        person.post(person.action(""), form);
        assertThat(person.status()).isEqualTo(422);
        assertThat(proposed(person.page())).isEqualTo("GB");
        assertThat(person.page()).contains("07400 123456");
        form.put("country", "FR\"><script>");
        assertThat(proposed(person.post(person.action(""), form).page())).isEqualTo("US");
    }
}
