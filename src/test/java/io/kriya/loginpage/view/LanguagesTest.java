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
}
