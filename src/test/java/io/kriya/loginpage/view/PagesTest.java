package io.kriya.loginpage.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.TestSettings;
import io.kriya.loginpage.branding.NumberScript;
import io.kriya.loginpage.branding.Theme;
import io.kriya.oauth.client.OAuthClient;
import io.kriya.sms.Notice;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class PagesTest {

    private static final String QUERY = "client_id=plane&state=a%22b";
    private static final String PHONE = "(202) 555-0100";
    private static final Resend SOON = new Resend(25, "0:25", "a-nonce-of-22-letters1", false, false, null);
    private static final Resend NOW = new Resend(0, "0:00", "a-nonce-of-22-letters1", false, false, null);

    /** For people, and for axe-core, to look at. */
    private static final Path SHOWN = Path.of("target/login-pages");

    @Inject
    Languages languages;

    @Inject
    Theme look;

    @Inject
    OAuthClient client;

    @Inject
    Countries countries;

    @Inject
    NumberScript numberScript;

    private Layout layout(String tag, String query) {
        return layout(tag, query, false);
    }

    private Layout layout(String tag, String query, boolean isAsked) {
        Language language = languages.of(Locale.forLanguageTag(tag));
        return new Layout("/kriya", "/code", query, "the-token", language, isAsked, languages.all(), look, client);
    }

    private Layout layout(String tag) {
        return layout(tag, QUERY);
    }

    private static FormError formError(LoginError error) {
        return new FormError(error, null);
    }

    private TemplateInstance number(Layout layout, String typed, String example, FormError error) {
        CountryChoice us = countries.choice(layout.language(), Optional.of("US"));
        var choice = new CountryChoice(us.countries(), example == null ? null : "US", example, us.scriptVersion());
        return Pages.number(layout, typed, "n1", choice, error);
    }

    /** Every page in every state that there is. */
    private Map<String, String> pages(String tag) {
        Layout layout = layout(tag);
        var pages = new LinkedHashMap<String, TemplateInstance>();
        pages.put("number", number(layout, null, PHONE, null));
        pages.put("number-world", number(layout, null, null, null));
        pages.put("code", Pages.code(layout, PHONE, Sending.TEXT, 5, SOON, false, null, null));
        pages.put("code-again", Pages.code(layout, PHONE, Sending.TEXT, 3, NOW, true, null, null));
        for (Sending sending : Sending.values()) {
            String state = sending.name().toLowerCase(Locale.ROOT);
            pages.put("code-sending-" + state, Pages.code(layout, PHONE, sending, 5, SOON, false, null, null));
        }
        for (Notice notice : Notice.values()) {
            pages.put(
                    "code-notice-" + notice.label(),
                    Pages.code(layout, PHONE, Sending.TEXT, 5, SOON, false, notice, null));
        }
        pages.put(
                "code-last",
                Pages.code(layout, PHONE, Sending.TEXT, 1, null, false, null, formError(LoginError.CODE_WRONG)));
        pages.put(
                "code-early-last",
                Pages.code(layout, PHONE, Sending.TEXT, 5, null, false, null, formError(LoginError.TOO_EARLY)));
        pages.put("name", Pages.name(layout, null, null));
        for (LoginError error : LoginError.values()) {
            for (String clock : new String[] {null, "2:05:00"}) {
                var formError = new FormError(error, clock);
                String state = error.name().toLowerCase(Locale.ROOT) + (clock == null ? "" : "-wait");
                pages.put("number-" + state, number(layout, "555", PHONE, formError));
                pages.put("code-" + state, Pages.code(layout, PHONE, Sending.TEXT, 4, SOON, false, null, formError));
                pages.put("name-" + state, Pages.name(layout, "Ada", formError));
            }
        }
        for (ErrorPage errorPage : ErrorPage.values()) {
            String state = "error-page-" + errorPage.name().toLowerCase(Locale.ROOT);
            pages.put(state, Pages.error(layout, errorPage));
            pages.put(state + "-bare", Pages.error(layout(tag, null), errorPage));
        }
        var html = new LinkedHashMap<String, String>();
        pages.forEach((name, page) -> html.put(name, layout.render(page)));
        return html;
    }

    @ParameterizedTest
    @CsvSource({
        "ar,rtl", "de,ltr", "en,ltr", "es,ltr", "fr,ltr", "hi,ltr", "id,ltr", "ja,ltr", "pt,ltr", "ru,ltr", "zh,ltr"
    })
    void everyPageIsWholeInEveryLanguageAndState(String tag, String direction) throws IOException {
        Files.createDirectories(SHOWN.resolve(tag));
        for (var page : pages(tag).entrySet()) {
            String html = page.getValue();
            Files.writeString(SHOWN.resolve(tag, page.getKey() + ".html"), html);
            assertThat(html)
                    .as(page.getKey())
                    .startsWith("<!DOCTYPE html>\n<html lang=\"" + tag + "\" dir=\"" + direction + "\">")
                    .containsOnlyOnce("<h1>")
                    .containsOnlyOnce("<title>")
                    .endsWith("</html>\n")
                    .doesNotContain(
                            "{", "}", "login:", "NOT_FOUND", "null", "<h1></h1>", "<p></p>", "<button></button>")
                    .doesNotContain(" style=", "<style", " onclick=", "<script>");
            everythingThatIsReferredToIsThere(page.getKey(), html);
        }
        Files.write(SHOWN.resolve("login.css"), look.stylesheet().content());
        Files.write(SHOWN.resolve("login.js"), look.script().content());
        Files.write(SHOWN.resolve("number.js"), numberScript.asset().content());
        Files.write(SHOWN.resolve("logo"), look.logo().content());
    }

    private static void everythingThatIsReferredToIsThere(String name, String html) {
        var references =
                Pattern.compile("(?:aria-describedby|for)=\"([^\"]+)\"").matcher(html);
        while (references.find()) {
            for (String id : references.group(1).split(" ")) {
                assertThat(html).as(name).containsOnlyOnce(" id=\"" + id + "\"");
            }
        }
    }

    @Test
    void whatIsTypedIsShownAndNeverRun() {
        String typed = "\"><script>alert('1')</script>&";
        Layout layout = layout("en", "state=\"><script>");
        for (TemplateInstance page : new TemplateInstance[] {
            Pages.number(
                    layout,
                    typed,
                    typed,
                    new CountryChoice(List.of(new Country("US", typed)), typed, typed, typed),
                    new FormError(LoginError.LIMITED, typed)),
            Pages.code(
                    layout,
                    typed,
                    Sending.TEXT,
                    1,
                    new Resend(1, typed, typed, true, true, null),
                    true,
                    Notice.NEW_DEVICE,
                    new FormError(LoginError.TOO_EARLY, typed)),
            Pages.name(layout, typed, new FormError(LoginError.LIMITED, typed)),
            Pages.error(layout, ErrorPage.FORM_EXPIRED)
        }) {
            assertThat(layout.render(page)).doesNotContain("<script>", "alert('1')</", "\"><script");
        }
        assertThat(layout.render(number(layout, typed, null, null)))
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;\"");
    }

    @Test
    void formsAndLinksLeadToTheNextSteps() {
        Layout layout = layout("en");
        String query = "?client_id=plane&amp;state=a%22b\"";
        String token = "<input type=\"hidden\" name=\"csrf\" value=\"the-token\">";
        assertThat(layout.render(number(layout, "0", null, null)))
                .contains("method=\"post\" action=\"/kriya/oauth/authorize" + query)
                .contains("href=\"/kriya/oauth/authorize/cancel" + query)
                .contains(token, "name=\"nonce\" value=\"n1\"", "name=\"phone_number\"", "value=\"0\"")
                .contains("type=\"tel\"", "inputmode=\"tel\"", "autocomplete=\"tel\"");
        assertThat(layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, NOW, false, null, null)))
                .contains("method=\"post\" action=\"/kriya/oauth/authorize/code" + query)
                .contains("method=\"post\" action=\"/kriya/oauth/authorize/resend" + query)
                .contains("href=\"/kriya/oauth/authorize" + query, "href=\"/kriya/oauth/authorize/cancel" + query)
                .contains(token, "name=\"code\"", "inputmode=\"numeric\"", "autocomplete=\"one-time-code\"")
                .doesNotContain("maxlength", "type=\"number\"", "Attempts left");
        assertThat(layout.render(Pages.name(layout, "Ada", null)))
                .contains("method=\"post\" action=\"/kriya/oauth/authorize/name" + query)
                .contains(token, "name=\"name\"", "value=\"Ada\"", "autocomplete=\"name\"");
        assertThat(layout.render(Pages.error(layout, ErrorPage.FORM_EXPIRED)))
                .contains("href=\"/kriya/oauth/authorize" + query);
        Layout bare = layout("en", null);
        assertThat(bare.render(Pages.error(bare, ErrorPage.FORM_EXPIRED))).doesNotContain("/oauth/authorize");
    }

    @Test
    void everyPageLeadsToItselfInEveryLanguage() {
        Layout layout = layout("fr");
        String page = layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, NOW, false, null, null));
        assertThat(page).contains("<summary>Langue: Français</summary>");
        for (Language other : languages.all()) {
            assertThat(page)
                    .contains(
                            "<a href=\"/kriya/oauth/authorize/code?client_id=plane&amp;state=a%22b&amp;ui_locales="
                                    + other.tag() + "\" lang=\"" + other.tag() + "\"",
                            other.name() + "</a>");
        }
        assertThat(page).containsOnlyOnce("aria-current=\"true\"").contains("hreflang=\"fr\" aria-current=\"true\"");
    }

    @Test
    void aLanguageThatWasAskedForIsKept() {
        Layout asked = layout("fr", QUERY, true);
        assertThat(asked.to("/name")).isEqualTo("/kriya/oauth/authorize/name?" + QUERY + "&ui_locales=fr");
        assertThat(layout("fr").to("/name")).isEqualTo("/kriya/oauth/authorize/name?" + QUERY);
    }

    @Test
    void aClientWithoutANameIsCalledByItsHost() {
        Layout layout = layout("en");
        assertThat(layout.render(number(layout, null, null, null)))
                .contains("<h1>Log in to continue to plane.example.com</h1>");
        assertThat(layout.render(Pages.error(layout, ErrorPage.REQUEST_INVALID)))
                .contains("<a href=\"https://plane.example.com/\">Back to plane.example.com</a>");
    }

    @Test
    void theNumberIsShownFromLeftToRightAmongArabic() {
        Layout layout = layout("ar");
        assertThat(layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, SOON, false, null, null)))
                .contains("<bdi dir=\"ltr\">(202) 555-0100</bdi>", "<bdi dir=\"ltr\">0:25</bdi>");
    }

    @ParameterizedTest
    @EnumSource(
            value = LoginError.class,
            names = {"CODE_MALFORMED", "CODE_WRONG"})
    void anErrorIsBesideItsFieldAndInTheTitle(LoginError error) {
        Layout layout = layout("en");
        String page = layout.render(Pages.code(layout, PHONE, Sending.TEXT, 3, SOON, false, null, formError(error)));
        assertThat(page)
                .contains("<title>Error: Enter the code – Kriya</title>", "Attempts left: 3")
                .containsPattern("aria-describedby=\"sent error attempts full\" aria-invalid=\"true\"[^>]* autofocus>")
                .containsPattern("(?s)<label.*id=\"error\".*<input id=\"code\"");
        assertThat(layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, SOON, false, null, null)))
                .contains("<title>Enter the code – Kriya</title>")
                .doesNotContain("aria-invalid", "Error");
    }

    @Test
    void theCodeIsNotSaidToBeSentWhereThatIsUncertain() {
        Layout layout = layout("en");
        assertThat(layout.render(Pages.code(layout, PHONE, Sending.UNCONFIRMED, 5, SOON, false, null, null)))
                .contains("can’t tell whether it was sent")
                .doesNotContain("We sent");
    }

    @ParameterizedTest
    @CsvSource({
        "RELEASED, Your number was released from an account.",
        "NEW_DEVICE, Your account was used on a new device.",
        "WRONG_CODES, Many wrong codes were entered for your number."
    })
    void aNoticeIsToldAboveTheForm(Notice notice, String sentence) {
        Layout layout = layout("en");
        String page = layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, SOON, false, notice, null));
        assertThat(page).containsPattern("<p role=\"status\">" + sentence + "</p>\\s*<form");
        String without = layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, SOON, false, null, null));
        assertThat(page.getBytes(StandardCharsets.UTF_8).length - without.getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(200);
    }

    @Test
    void anotherChannelIsOfferedWhereThereIsOne() {
        Layout layout = layout("en");
        Resend call = new Resend(0, "0:00", "a-nonce-of-22-letters1", true, false, null);
        assertThat(layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, call, false, null, null)))
                .contains("name=\"channel\" value=\"voice\">Call me instead</button>")
                .doesNotContain("value=\"sms\"");
        Resend text = new Resend(0, "0:00", "a-nonce-of-22-letters1", false, true, null);
        assertThat(layout.render(Pages.code(layout, PHONE, Sending.CALL, 5, text, false, null, null)))
                .contains("We are calling", "name=\"channel\" value=\"sms\">Text me instead</button>")
                .doesNotContain("value=\"voice\"");
        assertThat(layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, NOW, false, null, null)))
                .doesNotContain("name=\"channel\"");
    }

    @ParameterizedTest
    @EnumSource
    void everyErrorIsBesideTheFieldOfItsPage(LoginError error) {
        Layout layout = layout("en");
        var formError = new FormError(error, "2 minutes");
        for (TemplateInstance page : List.of(
                number(layout, "555", PHONE, formError),
                Pages.code(layout, PHONE, Sending.TEXT, 4, SOON, false, null, formError),
                Pages.code(layout, PHONE, Sending.TEXT, 4, null, false, null, formError),
                Pages.name(layout, "Ada", formError))) {
            assertThat(layout.render(page))
                    .containsPattern("(?s)<label for=\"(phone_number|code|name)\">.*"
                            + "<p class=\"error\" id=\"error\">.*"
                            + "<input id=\"(phone_number|code|name)\"[^>]* aria-describedby=\"[a-z ]*\\berror\\b[^>]*"
                            + " autofocus>")
                    .containsOnlyOnce("class=\"error\"");
        }
    }

    @Test
    void sendingAgainIsOneControlThatAlsoShowsTheTimeToWait() {
        Layout layout = layout("en");
        assertThat(layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, SOON, false, null, null)))
                .contains("<button class=\"second\" data-seconds=\"25\" data-text=\"Send the code again\""
                        + " data-ready=\"You can send the code again now.\">"
                        + "<span>Send again in <bdi dir=\"ltr\">0:25</bdi></span></button>");
        assertThat(layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, NOW, true, null, null)))
                .contains(
                        "<button class=\"second\">Send the code again</button>",
                        "<p id=\"sent\" class=\"done\" role=\"status\">We sent a new message with a code to <bdi");
        assertThat(layout.render(Pages.code(layout, PHONE, Sending.TEXT, 5, null, false, null, null)))
                .doesNotContain("/resend")
                .contains("can’t be sent again");
    }

    @ParameterizedTest
    @CsvSource({
        "en, India +91, Åland Islands +358",
        "es, India +91, Alemania +49",
        "hi, भारत +91, अफ़गानिस्तान +93",
        "ar, الهند \u200E+91, الهند \u200E+91",
        "de, Indien +91, Ägypten +20",
        "fr, Inde +91, Égypte +20",
        "id, India +91, Jerman +49",
        "ja, インド +91, インド +91",
        "pt, Índia +91, Alemanha +49",
        "ru, Индия +91, Австрия +43",
        "zh, 印度 +91, 阿富汗 +93"
    })
    void countriesAreNamedInTheLanguageOfThePage(String tag, String india, String early) {
        String page = layout(tag).render(number(layout(tag), null, PHONE, null));
        assertThat(page)
                .contains("<option value=IN>" + india + "\n", "<option value=US selected>")
                .doesNotContain("<option value=\"\">");
        assertThat(page.indexOf(early)).isPositive().isLessThan(page.indexOf("value=ZW"));
        assertThat(layout(tag).render(number(layout(tag), null, null, null)))
                .contains("<option value=\"\">")
                .doesNotContain("selected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "en", "es", "fr", "hi", "id", "ja", "pt", "ru", "zh"})
    void theFirstPageIsSmall(String tag) {
        Layout layout = layout(tag);
        String html = layout.render(number(layout, null, PHONE, null));
        int bytes = html.getBytes(StandardCharsets.UTF_8).length
                + look.stylesheet().compressed().length
                + look.script().compressed().length
                + numberScript.asset().compressed().length
                + look.logo().compressed().length;
        assertThat(bytes).isLessThan(30 * 1024);
    }
}
