package io.kriya.loginpage.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ar                                     | ar
            ar-EG                                  | ar
            AR-eg, en;q=0.5                        | ar
            tlh, es;q=0.8, en;q=0.9                | en
            hi-IN, hi;q=0.9, en;q=0.8, *;q=0.5     | hi
            hi_IN                                  | en
            tlh                                    | en
            *                                      | en
            es;q=0, hi;q=0.1                       | hi
            ''                                     | en
            ;;;                                    | en
            es;q=x                                 | en
            es;q=7                                 | en
            -                                      | en
            """)
    void aPersonIsShownTheLanguageTheyPrefer(String header, String expected) {
        assertThat(languages.best(header)).isEqualTo(new Language(expected, expected.equals("ar")));
    }

    @Test
    void aHeaderThatIsMissingOrNoBrowsersIsAnsweredInEnglish() {
        assertThat(languages.best(null).tag()).isEqualTo("en");
        assertThat(languages.best("es," + "x,".repeat(500)).tag()).isEqualTo("en");
    }
}
