package io.kriya.sms;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmsTextTest {

    private static SmsText text(Map<String, String> keys) {
        return new SmsText(TestSmsConfig.of(keys));
    }

    private static SmsText text() {
        return text(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "en", "es", "fr", "hi", "id", "ja", "pt", "ru", "zh"})
    void everyLanguageHasATextOfItsOwn(String tag) {
        var language = Locale.forLanguageTag(tag);
        String text = text().of("012345", language);
        assertThat(text).contains("012345").contains("Kriya").doesNotContain("{", "}", "\n");
        assertThat(text().language(tag)).isEqualTo(language);
        if (!tag.equals("en")) {
            assertThat(text).isNotEqualTo(text().of("012345", Locale.ENGLISH));
        }
    }

    @Test
    void aLanguageThatIsAskedForWinsOverThatOfTheBrowser() {
        assertThat(text().language(Optional.of("tlh,pt-BR,fr"), "de")).isEqualTo(Locale.forLanguageTag("pt"));
        assertThat(text().language(Optional.of("tlh"), "de")).isEqualTo(Locale.GERMAN);
        assertThat(text().language(Optional.of(";;"), null)).isEqualTo(Locale.ENGLISH);
    }

    /** The API, the page and the message say usted. */
    @Test
    void aPersonIsAddressedInSpanishAsOnThePage() {
        assertThat(text().of("012345", Locale.forLanguageTag("es")))
                .isEqualTo("012345 es su clave de Kriya. No la comparta con nadie.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "en", "es", "fr", "hi", "id", "ja", "pt", "ru", "zh"})
    void theHashOfAnAndroidAppIsBeforeTheLineOfTheBrowser(String tag) {
        var language = Locale.forLanguageTag(tag);
        assertThat(text(Map.of("app-hash", "FA+9qCX9VSu")).of("012345", language))
                .endsWith("\nFA+9qCX9VSu");
        String both = text(Map.of("app-hash", "FA+9qCX9VSu", "webotp-host", "login.plane.example.com"))
                .of("012345", language);
        assertThat(both).endsWith("\nFA+9qCX9VSu\n\n@login.plane.example.com #012345");
        assertThat(SmsSegments.fits(both)).isTrue();
    }

    private SmsText withFile(Path folder, String lines, String... keys) throws IOException {
        Path file = Files.writeString(folder.resolve("texts.properties"), lines);
        var all = new HashMap<>(Map.of("texts-file", file.toString()));
        for (int i = 0; i < keys.length; i += 2) {
            all.put(keys[i], keys[i + 1]);
        }
        return text(all);
    }

    @Test
    void aTextWithATemplateIdIsSentLetterForLetter(@TempDir Path folder) throws IOException {
        var text = withFile(folder, """
                hi={code} is your OTP for {service}.  DO NOT share it -\u00a0KRIYAX
                hi.sender=KRIYAX
                hi.template=1107161234567890123
                en=Code: {code}
                """, "app-hash", "FA+9qCX9VSu", "webotp-host", "login.example.com");
        SmsContent hindi = text.content("012345", Locale.forLanguageTag("hi"), Optional.of(Notice.RELEASED));
        assertThat(hindi.text()).isEqualTo("012345 is your OTP for Kriya.  DO NOT share it -\u00a0KRIYAX");
        assertThat(hindi.sender()).contains("KRIYAX");
        assertThat(hindi.templateId()).contains("1107161234567890123");
        assertThat(text.of("012345", Locale.ENGLISH))
                .isEqualTo("Code: 012345\nFA+9qCX9VSu\n\n@login.example.com #012345");
        assertThat(text.content("012345", Locale.FRENCH, Optional.empty()).sender())
                .isEmpty();
        assertThat(text.of("012345", Locale.FRENCH)).startsWith("Votre code Kriya");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            it={code}                        | a language that Kriya does not have: it.
            en-US={code}                     | a language that Kriya does not have: en-US.
            en{x}={code}                     | other characters than a language's tag.
            en=Your code                     | the place of the code once
            en={code} and {code}             | the place of the code once
            en={code} {name}                 | the place of the code once
            en={code} }                      | the place of the code once
            en.sender=KRIYA                  | has en.sender without a text in that language.
            en={code} // en.sender=KRIYA-IS-TOO-LONG | has en.sender, which takes a number
            en={code} // en.template=11 07     | has en.template, which takes
            en.notice_released=Hello         | has en.notice_released without a text in that language.
            en={code} // en.notice_released=Call 5550100 | has en.notice_released, which takes up to 60
            en={code} // en.notice_released={code} | has en.notice_released, which takes
            en={code} // en.notice_other=Hello | a language that Kriya does not have: en.notice_other.
            ! nothing                        | has no text.
            en=\\u12 {code}                   | has an escape
            """)
    void aFileOfTextsThatCanNotBeUsedIsRefusedWithTheReason(String lines, String reason, @TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("texts.properties"), lines.replace(" // ", "\n"));
        assertThatThrownBy(() -> SmsTextsFile.read(file.toString()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("SMS_TEXTS_FILE has ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "en", "es", "fr", "hi", "id", "ja", "pt", "ru", "zh"})
    void aNoticeIsALineBetweenTheTextAndWhatIsForThePhone(String tag) {
        var language = Locale.forLanguageTag(tag);
        var plain = text().of("012345", language);
        var text = text(Map.of("app-hash", "FA+9qCX9VSu", "webotp-host", "login.plane.example.com"));
        for (Notice notice : Notice.values()) {
            String told = text.content("012345", language, Optional.of(notice)).text();
            assertThat(told)
                    .startsWith(plain + "\n")
                    .endsWith("\nFA+9qCX9VSu\n\n@login.plane.example.com #012345")
                    .doesNotContain("null", "{");
            assertThat(told.lines()).hasSize(5);
            // Two SMS; with a text that fills one, too.
            String sentence = told.lines().skip(1).findFirst().orElseThrow();
            assertThat(!isGsm(plain) || isGsm(sentence)).as(sentence).isTrue();
            assertThat(sentence.length()).isLessThanOrEqualTo(60);
        }
    }

    private static boolean isGsm(String text) {
        return SmsSegments.fits((text + "x".repeat(160)).substring(0, 160));
    }

    @Test
    void aNoticeIsReplacedByOnesOwn(@TempDir Path folder) throws IOException {
        var text = withFile(folder, "en=Code: {code}\nen.notice_new_device=A new device was used.");
        assertThat(text.content("012345", Locale.ENGLISH, Optional.of(Notice.NEW_DEVICE))
                        .text())
                .isEqualTo("Code: 012345\nA new device was used.");
        assertThat(text.content("012345", Locale.ENGLISH, Optional.of(Notice.RELEASED))
                        .text())
                .isEqualTo("Code: 012345\nYour number was released from an account.");
    }

    @Test
    void aFileThatCanNotBeReadAsTextIsRefused(@TempDir Path folder) throws IOException {
        Path latin = Files.write(folder.resolve("latin.properties"), "de=Schl\u00fcssel {code}".getBytes(ISO_8859_1));
        for (String path : new String[] {latin.toString(), folder.toString(), folder + "/none", "\0"}) {
            assertThatThrownBy(() -> SmsTextsFile.read(path))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("SMS_TEXTS_FILE takes the path of a file in UTF-8 that can be read.");
        }
    }

    @Test
    void aFileOfTextsHasAtMostSixtyFourKibibytes(@TempDir Path folder) throws IOException {
        String text = "en={code}\n#";
        String largest = text + "x".repeat(64 * 1024 - text.length());
        assertThat(withFile(folder, largest).of("012345", Locale.ENGLISH)).isEqualTo("012345");
        assertThatThrownBy(() -> withFile(folder, largest + "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("SMS_TEXTS_FILE is larger than 64 KiB.");
    }

    @Test
    void aTextOfOnesOwnFitsOneMessage(@TempDir Path folder) throws IOException {
        withFile(folder, "en={code}" + "x".repeat(154));
        assertThatThrownBy(() -> withFile(folder, "en={code}" + "x".repeat(155)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The text in English", "shorten it in SMS_TEXTS_FILE");
        withFile(folder, "hi=क{code}" + "x".repeat(63));
        assertThatThrownBy(() -> withFile(folder, "hi=क{code}" + "x".repeat(64)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theServiceHasAName() {
        assertThat(text(Map.of("service-name", "Plane")).of("012345", Locale.ENGLISH))
                .isEqualTo("Your Plane code is 012345. Do not share it with anyone.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "en", "es", "fr", "hi", "id", "ja", "pt", "ru", "zh"})
    void theLastLineIsForTheBrowserOfThePage(String tag) {
        String text = text(Map.of("webotp-host", "login.plane.example.com")).of("012345", Locale.forLanguageTag(tag));
        assertThat(text).endsWith("\n\n@login.plane.example.com #012345");
        assertThat(SmsSegments.fits(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            de                                     | de
            de-AT                                  | de
            DE-at, en;q=0.5                        | de
            tlh, es;q=0.8, en;q=0.9                | en
            pt-BR, es;q=0.8                        | pt
            zh-Hant-TW, en;q=0.5                   | zh
            id-ID                                  | id
            fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5     | fr
            hi_IN                                  | es
            tlh                                    | es
            *                                      | es
            de;q=0, en;q=0.1                       | en
            ''                                     | es
            ;;;                                    | es
            de;q=x                                 | es
            de;q=7                                 | es
            -                                      | es
            """)
    void aPersonIsWrittenToInTheLanguageTheyPrefer(String header, String expected) {
        assertThat(text(Map.of("language", "es")).language(header)).isEqualTo(Locale.forLanguageTag(expected));
    }

    @Test
    void aHeaderThatIsMissingOrNoBrowsersIsAnsweredInTheUsualLanguage() {
        var text = text(Map.of("language", "fr"));
        assertThat(text.language(null)).isEqualTo(Locale.FRENCH);
        assertThat(text.language("de,".repeat(10_000) + "de")).isEqualTo(Locale.FRENCH);
        assertThat(text.of("012345", Locale.ITALIAN)).isEqualTo(text.of("012345", Locale.FRENCH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"it", "en-US", "english", ""})
    void theUsualLanguageIsOneThatThereIsATextIn(String language) {
        assertThatThrownBy(() -> text(Map.of("language", language))).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aNameThatIsTooLongIsRefusedWithTheLanguageItIsTooLongFor() {
        // Portuguese leaves room for 51; others have more.
        text(Map.of("service-name", "x".repeat(51)));
        assertThatThrownBy(() -> text(Map.of("service-name", "x".repeat(52))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("The text in Portuguese does not fit into one SMS:"
                        + " SMS_SERVICE_NAME, SMS_WEBOTP_HOST or SMS_APP_HASH is too long for it.");
    }

    @Test
    void aHostThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> text(Map.of("webotp-host", "x".repeat(60) + ".example.com")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SMS_WEBOTP_HOST");
    }

    @Test
    void theAlphabetOfGsmHoldsAHundredAndSixtyPerText() {
        String alphabet = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà";
        assertThat(SmsSegments.fits(alphabet + "x".repeat(160 - alphabet.length())))
                .isTrue();
        assertThat(SmsSegments.fits(alphabet + "x".repeat(161 - alphabet.length())))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\f", "^", "{", "}", "\\", "[", "~", "]", "|", "€"})
    void aCharacterOfTheExtensionCountsTwice(String extended) {
        assertThat(SmsSegments.fits(extended.repeat(80))).isTrue();
        assertThat(SmsSegments.fits(extended.repeat(80) + "x")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ó", "ç", "`", "“", "क", "م", "\t"})
    void anyOtherCharacterLeavesRoomForSeventy(String other) {
        assertThat(SmsSegments.fits(other + "x".repeat(69))).isTrue();
        assertThat(SmsSegments.fits(other + "x".repeat(70))).isFalse();
    }

    @Test
    void aSymbolOfTwoUnitsCountsTwice() {
        assertThat(SmsSegments.fits("😀".repeat(35))).isTrue();
        assertThat(SmsSegments.fits("😀".repeat(35) + "x")).isFalse();
    }
}
