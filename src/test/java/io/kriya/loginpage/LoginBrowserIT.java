package io.kriya.loginpage;

import static io.kriya.Deployment.number;
import static io.kriya.Deployment.wrong;
import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Browser;
import io.kriya.Deployment;
import io.kriya.oauth.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** The login page in a real Chromium, on two replicas behind one door: each request is answered by the other one. */
class LoginBrowserIT {

    private static final String CALLBACK = "/auth/gitlab/callback/";
    private static final int MOST_BYTES = 30_000;
    private static final String CLOCK_STANDS_STILL = "const now = performance.now(); performance.now = () => now;";

    private static final List<String> LANGUAGES =
            List.of("ar", "de", "en", "es", "fr", "hi", "id", "ja", "pt", "ru", "zh");

    @AutoClose
    private static Door door;

    @AutoClose
    private static Site plane;

    @AutoClose
    private static Site newPlane;

    @AutoClose
    private static Site foreign;

    @AutoClose
    private static Deployment kriya;

    @AutoClose
    private static Browser scripted;

    @AutoClose
    private static Browser plain;

    /** The browser that has JavaScript, and the one that has not. */
    enum Kind {
        WITH_SCRIPTS(() -> scripted),
        WITHOUT_SCRIPTS(() -> plain);

        private final Supplier<Browser> browser;

        Kind(Supplier<Browser> browser) {
            this.browser = browser;
        }
    }

    @BeforeAll
    static void twoReplicasRun() throws IOException {
        scripted = Browser.start();
        plain = Browser.with().withoutJavaScript().start();
        door = new Door();
        foreign = new Site("Foreign");
        newPlane = new Site("New Plane");
        plane = new Site("Plane").sendOn("/moved/", newPlane.url(CALLBACK)).sendOn("/astray/", foreign.url(CALLBACK));
        Map<String, String> settings = new LinkedHashMap<>(Api.CLIENT);
        settings.put(
                "OAUTH_REDIRECT_URIS",
                String.join(
                        ",", plane.url(CALLBACK), plane.url("/moved/"), plane.url("/astray/"), newPlane.url(CALLBACK)));
        settings.put("OAUTH_CLIENT_NAME", "Plane");
        settings.put("PUBLIC_URL", door.url());
        settings.put("PHONE_DEFAULT_REGION", "US");
        // All of them come from one address.
        settings.put("SMS_LIMIT_ADDRESS", "20000/24h");
        settings.put("SMS_LIMIT_ADDRESS_DAY", "20000/24h");
        settings.put("SMS_LIMIT_ADDRESS_WRONG_CODES", "2000/24h");
        settings.put("SMS_LIMIT_NUMBER_ADDRESS", "100000/24h");
        settings.put("PROOF_OF_WORK", "auto");
        kriya = Deployment.start(2, settings);
        door.openTo(kriya.replicas);
    }

    @BeforeEach
    void nobodyHasBeenHere() {
        for (Browser browser : List.of(scripted, plain)) {
            browser.forget();
            browser.consoleErrors();
        }
        door.forget();
    }

    private static String login() {
        return login(CALLBACK);
    }

    /** What Plane sends a browser to, to be sent back there. */
    private static String login(String callback) {
        var request = Plane.request(Plane.state());
        request.put("redirect_uri", plane.url(callback));
        return door.url() + "/oauth/authorize?" + Plane.encode(request);
    }

    /** With scripts a code of six digits is sent by itself. */
    private static void send(Browser browser, String field, String text) {
        if (browser.hasScripts() && field.equals("code") && text.length() == 6) {
            browser.awaitPageAfter(() -> browser.type(field, text));
            return;
        }
        browser.type(field, text);
        press(browser, "form button");
    }

    private static void press(Browser browser, String css) {
        browser.awaitPageAfter(() -> browser.element(css).click());
    }

    private static void beAtTheCode(Browser browser, String number) {
        kriya.coolDown();
        browser.open(login());
        send(browser, "phone_number", number);
        assertThat(browser.title()).isEqualTo("Enter the code – Kriya");
    }

    /** Somebody who has been here before. */
    private static String known() {
        String number = number();
        var person = new Person(kriya).open(query(login())).submit("", "phone_number", number);
        person.submit("/code", "code", kriya.codeOf(number))
                .submit("/name", "name", "Ada")
                .sentBackTo();
        kriya.coolDown();
        return number;
    }

    private static String query(String url) {
        return url.substring(url.indexOf('?') + 1);
    }

    private static String national(String number) {
        return "(%s) %s-%s".formatted(number.substring(2, 5), number.substring(5, 8), number.substring(8));
    }

    private static String shown(String number) {
        return "+1 %s-%s-%s".formatted(number.substring(2, 5), number.substring(5, 8), number.substring(8));
    }

    private static void change(String number, String change) {
        kriya.coolDown();
        kriya.database.execute("update challenges set " + change + " where phone_number = '" + number + "'");
    }

    /** Who Plane takes somebody for that it was sent. */
    private static String nameOf(Browser browser) {
        assertThat(browser.title()).isEqualTo("Plane");
        var form = Plane.exchange(Person.parameter(browser.url(), "code"));
        form.put("redirect_uri", plane.url(CALLBACK));
        String token = Plane.token(kriya.one(), form).json().getString("access_token");
        return Plane.user(kriya.two(), token).json().getString("name");
    }

    /** Chromium moves it there soon after a page is loaded. */
    private static void awaitFocus(Browser browser, String field) {
        await("the focus on " + field)
                .until(() -> field.equals(browser.focused().getDomAttribute("name")));
    }

    @ParameterizedTest
    @EnumSource
    void somebodyNewComesInByNumberCodeAndName(Kind kind) {
        var browser = kind.browser.get();
        String number = number();
        String url = login();
        browser.open(url);
        assertThat(browser.title()).isEqualTo("Log in to continue to Plane – Kriya");
        send(browser, "phone_number", national(number));
        assertThat(browser.text()).contains("We sent a text message with a code to " + shown(number) + ".");
        send(browser, "code", kriya.codeOf(number));
        assertThat(browser.title()).isEqualTo("What is your name? – Kriya");
        send(browser, "name", "Ada");
        assertThat(Person.parameter(browser.url(), "state")).isEqualTo(Person.parameter(url, "state"));
        assertThat(nameOf(browser)).isEqualTo("Ada");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void somebodyKnownComesInByNumberAndCode(Kind kind) {
        var browser = kind.browser.get();
        String number = known();
        beAtTheCode(browser, number);
        send(browser, "code", kriya.codeOf(number));
        assertThat(nameOf(browser)).isEqualTo("Ada");
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theKeyboardIsEnoughAndIsAlwaysWhereOneTypesNext(Kind kind) {
        var browser = kind.browser.get();
        String number = number();
        browser.open(login());
        awaitFocus(browser, "phone_number");
        browser.awaitPageAfter(() -> browser.keys("12", Keys.ENTER));
        awaitFocus(browser, "phone_number");
        assertThat(browser.focused().getDomAttribute("aria-invalid")).isEqualTo("true");
        browser.keys(Keys.chord(Keys.CONTROL, "a"), number);
        browser.pressByKeyboard("Send code");
        awaitFocus(browser, "code");
        browser.awaitPageAfter(() -> browser.keys("12345", Keys.ENTER));
        awaitFocus(browser, "code");
        assertThat(browser.focused().getDomAttribute("aria-invalid")).isEqualTo("true");
        browser.pressByKeyboard("Change number");
        awaitFocus(browser, "phone_number");
        browser.awaitPageAfter(() -> browser.keys(Keys.ENTER));
        change(number, "resend_at = now()");
        browser.reload();
        browser.pressByKeyboard("Send the code again");
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
        awaitFocus(browser, "code");
        browser.awaitPageAfter(() -> {
            browser.keys(kriya.codeOf(number));
            if (kind == Kind.WITHOUT_SCRIPTS) {
                browser.keys(Keys.ENTER);
            }
        });
        awaitFocus(browser, "name");
        browser.awaitPageAfter(() -> browser.keys(Keys.ENTER));
        awaitFocus(browser, "name");
        browser.keys("Ada");
        browser.pressByKeyboard("Continue");
        assertThat(nameOf(browser)).isEqualTo("Ada");
    }

    @ParameterizedTest
    @EnumSource
    void aWrongCodeIsSaidBesideTheFieldWithTheAttemptsLeft(Kind kind) {
        var browser = kind.browser.get();
        String number = number();
        beAtTheCode(browser, number);
        for (int left = 4; left > 0; left--) {
            send(browser, "code", wrong(kriya.codeOf(number)));
            assertThat(browser.text())
                    .containsSubsequence(
                            "6-digit code", "That is not the code.", "Attempts left: " + left, "Send again in");
            assertThat(browser.title()).startsWith("Error: ");
        }
        send(browser, "code", wrong(kriya.codeOf(number)));
        assertThat(browser.text()).contains("That code no longer works. Ask for a new one.");
        kriya.coolDown();
        send(browser, "phone_number", number);
        send(browser, "code", kriya.codeOf(number));
        assertThat(browser.title()).startsWith("What is your name?");
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredCodeBeginsAnewAtTheNumberThatWasTyped(Kind kind) {
        var browser = kind.browser.get();
        String number = number();
        beAtTheCode(browser, number);
        change(number, "expires_at = now()");
        send(browser, "code", kriya.codeOf(number));
        assertThat(browser.text()).contains("That code no longer works. Ask for a new one.");
        assertThat(browser.field("phone_number").getDomProperty("value")).isEqualTo(shown(number));
        press(browser, "form button");
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
        send(browser, "code", kriya.codeOf(number));
        assertThat(browser.title()).startsWith("What is your name?");
    }

    @Test
    void theButtonCountsDownAndSendsAgainWhenItIsTime() {
        String number = number();
        beAtTheCode(scripted, number);
        var button = scripted.element(".resend button");
        var place = button.getRect();
        assertThat(button.getText()).matches("Send again in 0:[0-9]{2}");
        assertThat(button.getDomAttribute("aria-disabled")).isEqualTo("true");
        button.click();
        assertThat(door.posts("/oauth/authorize/resend")).isZero();

        change(number, "resend_at = now() + interval '2 seconds'");
        scripted.reload();
        assertThat(scripted.element(".resend button").getDomAttribute("aria-disabled"))
                .isEqualTo("true");
        await().until(() -> scripted.element(".resend button").getText().equals("Send the code again"));
        assertThat(scripted.element(".resend button").getDomAttribute("aria-disabled"))
                .isNull();
        assertThat(scripted.text()).doesNotContain("Send again in");
        assertThat(scripted.element("#status[role=status]").getText()).isEqualTo("You can send the code again now.");
        assertThat(scripted.button("Send the code again").getRect()).isEqualTo(place);

        scripted.press("Send the code again");
        await("the polite status").until(() -> scripted.element("#status")
                .getText()
                .equals("We sent a new message with a code to " + shown(number) + "."));
        assertThat(scripted.element(".resend button").getRect()).isEqualTo(place);
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
        awaitFocus(scripted, "code");
    }

    @Test
    void theButtonCountsDownWhateverTheClockOfTheComputerSays() {
        String number = number();
        try (var browser = Browser.with().start()) {
            browser.runOnEveryPage("const now = Date.now(); Date.now = () => now;");
            beAtTheCode(browser, number);
            change(number, "resend_at = now() + interval '2 seconds'");
            browser.reload();
            await().until(() -> browser.element(".resend button").getText().equals("Send the code again"));
        }
    }

    @Test
    void withoutScriptsItIsSaidHowLongToWaitAndSentAgainThen() {
        String number = number();
        beAtTheCode(plain, number);
        press(plain, ".resend button");
        assertThat(plain.text())
                .containsPattern("6-digit code\\s+(Error:\\s+)?Please wait. You can send it again in [0-9]+ seconds.");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        change(number, "resend_at = now()");
        press(plain, ".resend button");
        assertThat(plain.element(".done[role=status]").getText())
                .isEqualTo("We sent a new message with a code to " + shown(number) + ".");
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aReloadSendsNothing(Kind kind) {
        var browser = kind.browser.get();
        String number = number();
        beAtTheCode(browser, number);
        browser.reload();
        send(browser, "code", wrong(kriya.codeOf(number)));
        browser.reload();
        assertThat(browser.text()).contains("Attempts left: 4");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        change(number, "resend_at = now()");
        browser.reload();
        press(browser, ".resend button");
        browser.reload();
        browser.reload();
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
        send(browser, "code", kriya.codeOf(number));
        browser.reload();
        assertThat(browser.title()).startsWith("What is your name?");
        send(browser, "name", "Ada");
        browser.reload();
        assertThat(browser.title()).isEqualTo("Plane");
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void whoCancelsIsBackAtPlane(Kind kind) {
        var browser = kind.browser.get();
        browser.open(login());
        browser.press("Cancel");
        assertThat(browser.url()).startsWith(plane.url(CALLBACK) + "?error=access_denied&state=");
        beAtTheCode(browser, number());
        browser.press("Cancel");
        assertThat(browser.url()).startsWith(plane.url(CALLBACK) + "?error=access_denied&state=");
        String number = number();
        beAtTheCode(browser, number);
        send(browser, "code", kriya.codeOf(number));
        browser.press("Cancel");
        assertThat(browser.url()).startsWith(plane.url(CALLBACK) + "?error=access_denied&state=");
    }

    @ParameterizedTest
    @EnumSource
    void theNumberMayBeChanged(Kind kind) {
        var browser = kind.browser.get();
        String first = number();
        String second = number();
        beAtTheCode(browser, first);
        send(browser, "code", wrong(kriya.codeOf(first)));
        browser.press("Change number");
        assertThat(browser.title()).isEqualTo("Log in to continue to Plane – Kriya");
        assertThat(browser.text()).doesNotContain("That is not the code.");
        assertThat(browser.field("phone_number").getDomProperty("value")).isEqualTo(shown(first));
        send(browser, "phone_number", second);
        assertThat(browser.text()).contains(shown(second)).doesNotContain("Attempts left");
        assertThat(kriya.messagesTo(first)).isEqualTo(1);
        assertThat(kriya.messagesTo(second)).isEqualTo(1);
        send(browser, "code", kriya.codeOf(second));
        send(browser, "name", "Ada");
        assertThat(nameOf(browser)).isEqualTo("Ada");
    }

    @ParameterizedTest
    @EnumSource
    void backAndForwardDoNoHarm(Kind kind) {
        var browser = kind.browser.get();
        String number = number();
        beAtTheCode(browser, number);
        browser.back();
        assertThat(browser.title()).isEqualTo("Log in to continue to Plane – Kriya");
        browser.forward();
        assertThat(browser.title()).startsWith("Enter the code");
        browser.back();
        // It is pressable again, and what it sends is the number that the code was sent to.
        press(browser, "form button");
        assertThat(browser.title()).startsWith("Enter the code");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        send(browser, "code", kriya.codeOf(number));
        browser.back();
        assertThat(browser.title()).startsWith("Enter the code");
        browser.forward();
        send(browser, "name", "Ada");
        assertThat(nameOf(browser)).isEqualTo("Ada");

        browser.back();
        assertThat(browser.url()).startsWith(door.url());
        browser.reload();
        assertThat(browser.title()).isEqualTo("Log in to continue to Plane – Kriya");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        send(browser, "phone_number", number);
        send(browser, "code", kriya.codeOf(number));
        assertThat(nameOf(browser)).isEqualTo("Ada");
    }

    @ParameterizedTest
    @EnumSource
    void twoTabsAreTwoLogins(Kind kind) {
        var browser = kind.browser.get();
        String first = number();
        String second = number();
        String one = browser.tab();
        beAtTheCode(browser, first);
        String other = browser.newTab();
        beAtTheCode(browser, second);
        browser.switchTo(one);
        assertThat(browser.text()).contains(shown(first));
        send(browser, "code", kriya.codeOf(first));
        browser.switchTo(other);
        browser.reload();
        assertThat(browser.text()).contains(shown(second));
        send(browser, "code", kriya.codeOf(second));
        send(browser, "name", "Other");
        browser.switchTo(one);
        send(browser, "name", "One");
        assertThat(nameOf(browser)).isEqualTo("One");
        browser.switchTo(other);
        assertThat(nameOf(browser)).isEqualTo("Other");
        browser.switchTo(one);
    }

    @ParameterizedTest
    @EnumSource
    void aDoubleClickIsOneMessageAndOneLogin(Kind kind) {
        var browser = kind.browser.get();
        String number = number();
        browser.open(login());
        browser.type("phone_number", number);
        browser.awaitPageAfter(() -> browser.doubleClick(browser.element("form button")));
        await().until(() -> browser.title().contains("Enter the code"));
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        change(number, "resend_at = now()");
        browser.reload();
        browser.awaitPageAfter(() -> browser.doubleClick(browser.element(".resend button")));
        browser.awaitText("We sent a new message");
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
        browser.awaitPageAfter(() -> {
            browser.type("code", kriya.codeOf(number));
            if (kind == Kind.WITHOUT_SCRIPTS) {
                browser.doubleClick(browser.element("form button"));
            }
        });
        await().until(() -> browser.title().contains("What is your name?"));
        browser.type("name", "Ada");
        browser.awaitPageAfter(() -> browser.doubleClick(browser.element("form button")));
        await().until(() -> browser.title().equals("Plane"));
        assertThat(kriya.database.count("select count(*) from grants join users on users.id = user_id"
                        + " where phone_number = '" + number + "'"))
                .isEqualTo(1);
        assertThat(nameOf(browser)).isEqualTo("Ada");
        if (kind == Kind.WITH_SCRIPTS) {
            for (String step : List.of("", "/resend", "/code", "/name")) {
                assertThat(door.posts("/oauth/authorize" + step)).as(step).isEqualTo(1);
            }
        }
    }

    @Test
    void aPageOfAnotherOriginThatFramesItShowsNothingOfIt() {
        foreign.frame(newPlane.url("/"));
        scripted.open(foreign.url("/"));
        scripted.enterFrame("iframe");
        assertThat(scripted.text()).contains("New Plane");

        foreign.frame(login());
        scripted.open(foreign.url("/"));
        scripted.enterFrame("iframe");
        assertThat(scripted.has("input")).isFalse();
        assertThat(scripted.text()).doesNotContain("Log in to");
        scripted.leaveFrame();
        assertThat(scripted.consoleErrors()).anySatisfy(line -> assertThat(line).contains("frame-ancestors"));
    }

    @Test
    void aPhoneFillsTheCodeInAndSendsIt() {
        String number = number();
        String before = scripted.tab();
        scripted.newTab();
        scripted.runOnEveryPage("""
                window.OTPCredential = function () {};
                navigator.credentials.get = options => new Promise(resolve => {
                    window.asked = JSON.stringify(options.otp);
                    window.deliver = code => resolve({code});
                });""");
        beAtTheCode(scripted, number);
        assertThat(scripted.run("return window.asked")).isEqualTo("{\"transport\":[\"sms\"]}");
        scripted.awaitPageAfter(() -> scripted.run("deliver('" + wrong(kriya.codeOf(number)) + "')"));
        assertThat(scripted.text()).contains("That is not the code.");
        scripted.awaitPageAfter(() -> scripted.run("deliver('" + kriya.codeOf(number) + "')"));
        assertThat(scripted.title()).startsWith("What is your name?");
        assertThat(scripted.consoleErrors()).isEmpty();
        scripted.switchTo(before);
    }

    @Test
    void aBrowserThatFillsNothingInBreaksNothing() {
        String before = scripted.tab();
        for (String missing : List.of(
                "delete window.OTPCredential",
                "window.OTPCredential = function () {};"
                        + "navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError'))")) {
            String number = number();
            scripted.newTab();
            scripted.runOnEveryPage(missing);
            beAtTheCode(scripted, number);
            send(scripted, "code", kriya.codeOf(number));
            assertThat(scripted.title()).startsWith("What is your name?");
            assertThat(scripted.consoleErrors()).isEmpty();
        }
        scripted.switchTo(before);
    }

    @Test
    void theFirstPageIsSmallAndLoadsNothingFromElsewhere() {
        scripted.open(login());
        var loaded =
                ((List<?>) scripted.run("""
                return performance.getEntries().filter(entry => 'transferSize' in entry)
                    .map(entry => entry.transferSize + ' ' + entry.name)""")).stream().map(Object::toString).toList();
        assertThat(loaded).hasSizeGreaterThanOrEqualTo(4).allSatisfy(line -> assertThat(line)
                .matches("[0-9]+ " + door.url() + "/oauth/.*"));
        assertThat(loaded.stream()
                        .mapToInt(line -> Integer.parseInt(line.split(" ")[0]))
                        .sum())
                .isLessThan(MOST_BYTES);
    }

    private static String value(Browser browser, String css) {
        return browser.element(css).getDomProperty("value");
    }

    @ParameterizedTest
    @CsvSource({
        "braz, BR, (11) 96123-4567",
        "+91, IN, 81234 56789",
        "Aland, AX, 041 2345678",
        "kingdom, GB, 07400 123456"
    })
    void aCountryIsFoundByNameOrCodeAndTheKeyboard(String search, String country, String example) {
        scripted.open(login());
        assertThat(value(scripted, "#search")).isEqualTo("United States +1");
        scripted.element("#search").click();
        scripted.keys(Keys.chord(Keys.CONTROL, "a"), search);
        assertThat(scripted.violations()).isEmpty();
        scripted.keys(Keys.ENTER);
        assertThat(value(scripted, "#country")).isEqualTo(country);
        assertThat(scripted.has("#list li:first-child")).isTrue();
        assertThat(scripted.element("#list").isDisplayed()).isFalse();
        assertThat(scripted.element("#hint").getText()).contains(example);
        assertThat(scripted.consoleErrors()).isEmpty();
    }

    @Test
    void aSearchThatFindsNothingChangesNothing() {
        scripted.open(login());
        scripted.element("#search").click();
        scripted.keys("atlantis", Keys.TAB);
        assertThat(value(scripted, "#search")).isEqualTo("United States +1");
        assertThat(value(scripted, "#country")).isEqualTo("US");
        scripted.element("#search").click();
        scripted.keys("india", Keys.ESCAPE, Keys.TAB);
        assertThat(value(scripted, "#country")).isEqualTo("US");
        scripted.element("#search").click();
        scripted.keys("india");
        scripted.element("#list li:first-child").click();
        assertThat(value(scripted, "#country")).isEqualTo("IN");
        awaitFocus(scripted, "phone_number");
    }

    @ParameterizedTest
    @CsvSource({
        "US, 2025550142, (202) 555-0142",
        "US, 202555, (202) 555",
        "GB, 07400123456, 07400 123456",
        "GB, 7400123456, 7400 123456",
        "IN, 081234567890, 081234 567890",
        "IN, 8123456789, 81234 56789",
        "AR, 91123456789, 9 11 2345-6789",
        "US, +447400123456, +44 7400 123456",
        "IN, +12025550142, +1 202 555-0142",
        "IN, 00447400123456, 00447400123456",
        "US, ask me, ask me"
    })
    void aNumberIsFormattedWhileItIsTyped(String country, String typed, String shown) {
        scripted.open(login());
        scripted.run("var s = document.getElementById('country'); s.value = '" + country
                + "'; s.dispatchEvent(new Event('change'))");
        scripted.type("phone_number", typed);
        assertThat(value(scripted, "#phone_number")).isEqualTo(shown);
        String chosen = typed.startsWith("+44") ? "GB" : typed.startsWith("+1") ? "US" : country;
        assertThat(value(scripted, "#country")).isEqualTo(chosen);
    }

    @Test
    void aNumberThatIsTooShortOrTooLongIsSaidSoAtOnceAndNoMoreOnceItIsMended() {
        scripted.open(login());
        scripted.type("phone_number", "2025");
        scripted.keys(Keys.TAB);
        scripted.awaitText("The number is too short. A digit may be missing.");
        assertThat(scripted.field("phone_number").getDomAttribute("aria-invalid"))
                .isEqualTo("true");
        assertThat(scripted.element("#status").getText()).contains("too short");
        scripted.element("#phone_number").click();
        scripted.keys(Keys.END, "550142");
        assertThat(scripted.text()).doesNotContain("too short");
        assertThat(scripted.field("phone_number").getDomAttribute("aria-invalid"))
                .isNull();
        scripted.keys("550142", Keys.TAB);
        scripted.awaitText("The number is too long.");
        assertThat(door.posts("/oauth/authorize")).isZero();
    }

    @Test
    void sixDigitsAreSentByThemselvesAndThePageShowsThatItIsUnderWay() {
        String number = number();
        String before = scripted.tab();
        scripted.newTab();
        scripted.runOnEveryPage("""
                addEventListener('pagehide', () => {
                    const button = document.querySelector('form button');
                    sessionStorage.last = button.className + '|' + button.textContent + '|'
                        + button.getAttribute('aria-disabled');
                });""");
        beAtTheCode(scripted, number);
        assertThat(scripted.run("return sessionStorage.last")).isEqualTo("busy|One moment…|true");
        String code = kriya.codeOf(number);
        scripted.type("code", code.substring(0, 5));
        assertThat(door.posts("/oauth/authorize/code")).isZero();
        scripted.awaitPageAfter(() -> scripted.keys(code.substring(5)));
        assertThat(scripted.title()).startsWith("What is your name?");
        assertThat(scripted.run("return sessionStorage.last")).isEqualTo("busy|One moment…|true");
        assertThat(door.posts("/oauth/authorize/code")).isEqualTo(1);
        scripted.switchTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aPlaneThatSendsOnToItsOtherOriginIsReached(Kind kind) {
        var browser = kind.browser.get();
        String number = known();
        browser.open(login("/moved/"));
        send(browser, "phone_number", number);
        send(browser, "code", kriya.codeOf(number));
        assertThat(browser.title()).isEqualTo("New Plane");
        assertThat(Person.parameter(browser.url(), "code")).startsWith("kriya_ac_");
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void aFormLeadsNowhereThatIsNotListed() {
        String number = known();
        scripted.open(login("/astray/"));
        send(scripted, "phone_number", number);
        scripted.type("code", kriya.codeOf(number));
        var console = new ArrayList<String>();
        await().until(() -> {
            console.addAll(scripted.consoleErrors());
            return console.stream().anyMatch(line -> line.contains("form-action"));
        });
        assertThat(scripted.title()).isNotEqualTo("Foreign");
    }

    /** How somebody looks at the page. */
    enum View {
        ENGLISH("en", Browser.with()),
        ARABIC_IN_THE_DARK_ON_A_PHONE("ar", Browser.with().dark().phone()),
        HINDI_ON_A_PHONE("hi", Browser.with().phone()),
        SPANISH_IN_LARGE_LETTERS("es", Browser.with().largeText().phone());

        private final String language;
        private final Browser.Options options;

        View(String language, Browser.Options options) {
            this.language = language;
            this.options = options.language(language);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ENGLISH", "ARABIC_IN_THE_DARK_ON_A_PHONE"})
    void everyStepErrorAndNoticeIsForEverybody(View view) throws IOException {
        goRound(view);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ENGLISH", "ARABIC_IN_THE_DARK_ON_A_PHONE"})
    @EnabledIfSystemProperty(named = "kriya.long", matches = "true", disabledReason = "each takes long")
    void everyStepErrorAndNoticeIsForEverybodyInTheOtherViewsToo(View view) throws IOException {
        goRound(view);
    }

    private static void goRound(View view) throws IOException {
        var found = new ArrayList<String>();
        try (var browser = view.options.start()) {
            new Tour(kriya, browser, view.language, view.ordinal() == 0, stop -> {
                        assertThat(browser.element("html").getDomAttribute("lang"))
                                .isEqualTo(view.language);
                        browser.violations().forEach(line -> found.add(stop + ": " + line));
                        browser.consoleErrors().stream()
                                .filter(line -> !isOfThePageItself(line))
                                .forEach(line -> found.add(stop + ": " + line));
                        if (browser.isScrolledSideways()) {
                            found.add(stop + ": wider than the window");
                        }
                    })
                    .goRound(login());
        }
        assertThat(found).isEmpty();
    }

    /** Chromium says so of every page whose status is an error. */
    private static boolean isOfThePageItself(String line) {
        return line.startsWith(door.url() + "/oauth/authorize") && line.contains("Failed to load resource");
    }

    /** Makes the pictures of the documentation. */
    @Test
    @EnabledIfSystemProperty(
            named = "screenshots",
            matches = ".+",
            disabledReason = "a run of the tests changes no file")
    void theDocumentationShowsEachStep() throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("screenshots")));
        try (var browser = Browser.with().phone(375, 705).start()) {
            walk(browser, folder, "number", "code", "error", "name");
            browser.open(login());
            browser.element("#search").click();
            browser.keys("in");
            picture(browser, folder.resolve("country.png"));
        }
        try (var browser = Browser.with().phone(375, 705).language("ar").start()) {
            walk(browser, folder, "arabic");
        }
        try (var browser = Browser.with().phone(375, 705).dark().start()) {
            walk(browser, folder, "", "dark");
        }
    }

    /** Takes pictures by these names of the number, the code, a wrong code and the name. */
    private static void walk(Browser browser, Path folder, String... names) throws IOException {
        String number = "+12025550142";
        browser.runOnEveryPage(CLOCK_STANDS_STILL);
        browser.open(login());
        for (int i = 0; i < names.length; i++) {
            if (i == 1) {
                send(browser, "phone_number", number);
                change(number, "resend_at = now() + interval '30 seconds'");
                browser.reload();
            } else if (i == 2) {
                send(browser, "code", wrong(kriya.codeOf(number)));
                change(number, "resend_at = now() + interval '20 seconds'");
                browser.reload();
            } else if (i == 3) {
                send(browser, "code", kriya.codeOf(number));
            }
            if (!names[i].isEmpty()) {
                picture(browser, folder.resolve(names[i] + ".png"));
            }
        }
    }

    private static void picture(Browser browser, Path file) throws IOException {
        photograph(browser, file);
        Picture.shrink(file);
    }

    private static void photograph(Browser browser, Path file) {
        // A caret comes and goes; the letters are such as phones have.
        browser.run("document.activeElement.style.caretColor = 'transparent'");
        browser.run("document.body.style.fontFamily = 'Liberation Sans, sans-serif'");
        browser.screenshot(file);
    }

    /** Makes a sheet of all that the page can show, for each language and theme. */
    @Test
    @EnabledIfSystemProperty(
            named = "screenshots",
            matches = ".+",
            disabledReason = "a run of the tests changes no file")
    void theDocumentationShowsEverythingInEachLanguageAndTheme(@TempDir Path pictures) throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("screenshots")));
        for (String language : LANGUAGES) {
            for (String theme : List.of("light", "dark")) {
                var options = Browser.with().phone(375, 705).language(language);
                var stops = new ArrayList<Path>();
                try (var browser = (theme.equals("dark") ? options.dark() : options).start()) {
                    browser.runOnEveryPage(CLOCK_STANDS_STILL);
                    new Tour(kriya, browser, language, true, stop -> {
                                Path file = pictures.resolve(language + theme + stops.size() + ".png");
                                photograph(browser, file);
                                stops.add(file);
                            })
                            .goRound(login());
                }
                Picture.sheet(stops, folder.resolve("all-" + language + "-" + theme + ".png"));
            }
        }
    }
}
