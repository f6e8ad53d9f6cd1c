package io.kriya.loginpage.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.TestSettings;
import io.kriya.setting.Format;
import io.kriya.sms.SmsConfig;
import io.kriya.sms.SmsText;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class LanguagesTest {

    @Inject
    Languages languages;

    @Test
    void everyFileIsALanguage() throws Exception {
        assertThat(languages.all().stream().map(language -> Path.of("login_" + language.tag() + ".properties")))
                .containsExactlyInAnyOrderElementsOf(
                        MessagesTest.languages().map(Path::getFileName).toList());
    }

    @Inject
    SmsText texts;

    @Test
    void everyLanguageHasNamesOfCountries() {
        assertThat(CountryNames.LANGUAGES)
                .containsAll(languages.all().stream().map(Language::tag).toList());
    }

    @Test
    void theLanguagesOfTheMessagesAreThoseOfThePage() throws Exception {
        assertThat(texts.languages())
                .isEqualTo(languages.all().stream().map(Language::tag).toList());
        String takes = SmsConfig.class
                .getMethod("language")
                .getAnnotation(Format.class)
                .regexp();
        assertThat(takes).isEqualTo(String.join("|", texts.languages()));
    }

    @ParameterizedTest
    @CsvSource({"ar, العربية, true", "de, Deutsch, false", "ja, 日本語, false", "id, Bahasa Indonesia, false"})
    void aLanguageHasANameOfItsOwnAndADirection(String tag, String name, boolean rightToLeft) {
        assertThat(languages.of(Locale.forLanguageTag(tag))).isEqualTo(new Language(tag, name, rightToLeft));
    }

    @ParameterizedTest
    @CsvSource({
        "en, 0, 0 seconds",
        "en, 1, 1 second",
        "en, 89, 89 seconds",
        "en, 90, 2 minutes",
        "en, 120, 2 minutes",
        "en, 121, 3 minutes",
        "en, 5399, 90 minutes",
        "en, 5400, 2 hours",
        "en, 43185, 12 hours",
        "es, 1, 1 segundo",
        "es, 3600, 60 minutos",
        "es, 43185, 12 horas",
        "hi, 120, 2 मिनट",
        "hi, 43185, 12 घंटे",
        "fr, 1, 1 seconde",
        "de, 120, 2 Minuten",
        "pt, 3600, 60 minutos",
        "id, 43185, 12 jam",
        "ru, 1, 1 секунду",
        "ru, 25, 25 секунд",
        "ru, 120, 2 минуты",
        "ru, 660, 11 минут",
        "ru, 1260, 21 минуту",
        "ru, 43185, 12 часов",
        "ru, 255600, 71 час",
        "ru, 363600, 101 час",
        "ru, 399600, 111 часов",
        "ja, 120, 2 分",
        "zh, 43185, 12 小时",
        "ar, 1, ثانية واحدة",
        "ar, 120, دقيقتين",
        "ar, 600, 10 دقائق",
        "ar, 660, 11 دقيقة",
        "ar, 43185, 12 ساعة"
    })
    void aTimeToWaitIsSaidInWordsRoundedUp(String tag, long seconds, String words) {
        assertThat(languages.duration(languages.of(Locale.forLanguageTag(tag)), seconds))
                .isEqualTo(words);
    }
}
