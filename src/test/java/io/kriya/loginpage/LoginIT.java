package io.kriya.loginpage;

import static io.kriya.Deployment.number;
import static io.kriya.Deployment.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.oauth.Plane;
import io.kriya.sms.FakeGateway.Behaviour;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The login page, on two replicas: each step is on the other one. */
class LoginIT {

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        Map<String, String> settings = new LinkedHashMap<>(Api.CLIENT);
        settings.put("PHONE_DEFAULT_REGION", "US");
        settings.put("SMS_LIMIT_WRONG_CODES", "20/24h");
        kriya = Deployment.start(2, settings);
    }

    @AfterEach
    void theGatewayWorks() {
        kriya.gateway.respondWith(Behaviour.SUCCESS);
    }

    private static Person atTheCode(String number) {
        kriya.coolDown();
        return new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", number);
    }

    private static Person come(String number, String name) {
        var person = atTheCode(number).submit("/code", "code", kriya.codeOf(number));
        return name == null ? person : person.submit("/name", "name", name);
    }

    private static long people(String number) {
        return kriya.database.count("select count(*) from users where phone_number = '" + number + "'");
    }

    @Test
    void somebodyNewGivesNumberCodeAndNameAndIsSentBack() {
        String number = number();
        String state = Plane.state();
        var person = new Person(kriya).open(Plane.query(state));
        assertThat(person.status()).isEqualTo(200);
        assertThat(person.page())
                .contains("autocomplete=\"tel\"", "inputmode=\"tel\"", "name=\"phone_number\"", "/cancel?");

        person.submit("", "phone_number", number);
        assertThat(person.path()).endsWith("/code");
        assertThat(person.page())
                .contains("autocomplete=\"one-time-code\"", "inputmode=\"numeric\"")
                .contains("+1 202-" + number.substring(5, 8) + "-" + number.substring(8))
                .doesNotContain("Attempts left");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        assertThat(people(number)).isZero();

        String code = kriya.codeOf(number);
        person.submit("/code", "code", " " + code.substring(0, 3) + " " + code.substring(3));
        assertThat(person.path()).endsWith("/name");
        assertThat(person.page()).contains("autocomplete=\"name\"");
        assertThat(people(number)).isZero();

        person.submit("/name", "name", "  Ada ");
        assertThat(person.sentBackTo()).startsWith(Api.CALLBACK + "?code=kriya_ac_");
        assertThat(person.given("state")).isEqualTo(state);
        assertThat(person.given("code")).matches("kriya_ac_[A-Za-z0-9_-]{43}");
        assertThat(people(number)).isEqualTo(1);
        assertThat(kriya.database.query("select first_name from users where phone_number = '" + number + "'"))
                .isEqualTo("Ada");
        assertThat(kriya.database.count("select count(*) from tokens")).isZero();
    }

    @Test
    void somebodyKnownGivesNoName() {
        String number = number();
        come(number, "Ada").sentBackTo();
        assertThat(come(number, null).given("code")).startsWith("kriya_ac_");
        assertThat(kriya.database.query("select first_name from users where phone_number = '" + number + "'"))
                .isEqualTo("Ada");
    }

    @Test
    void knownAndUnknownNumbersLeadToTheSamePage() {
        String known = number();
        come(known, "Ada");
        Pattern own = Pattern.compile("\\+1 [0-9 -]+|value=\"[^\"]*\"|state=[0-9a-f]*|[0-9]:[0-9]{2}|seconds=\"[0-9]*");
        assertThat(own.matcher(atTheCode(known).page()).replaceAll(""))
                .isEqualTo(own.matcher(atTheCode(number()).page()).replaceAll(""));
    }

    @ParameterizedTest
    @CsvSource({"'(202) 555-0142', 12025550142", "1 202.555.0143, 12025550143", "+44 7400 123456, 447400123456"})
    void aNumberIsReadAsPeopleHereWriteIt(String typed, String number) {
        var person = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", typed);
        assertThat(person.path()).endsWith("/code");
        assertThat(kriya.messagesTo("+" + number)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "12",
                "+12025550100123456789",
                "1-800-FLOWERS",
                "<script>alert(1)</script>",
                "+442079460958",
                "\u0000"
            })
    void whatIsNoMobileNumberIsSaidToBeNoneAndShownAgain(String typed) {
        long before = kriya.gateway.received().size();
        var person = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", typed);
        assertThat(person.status()).isEqualTo(422);
        assertThat(person.page())
                .contains("aria-invalid=\"true\"", "<title>Error")
                .doesNotContain("<script>alert");
        assertThat(kriya.gateway.received()).hasSize((int) before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | Enter your mobile phone number.",
                "call me | That is not a phone number.",
                "+0 202 555 0142 | No country has this country code.",
                "555 01 | The number is too short.",
                "(202) 555-01423 | The number is too long.",
                "555 555 0142 | There is no such number in this country.",
                "+44 20 7946 0958 | This is a land line.",
                "+1 800 555 0199 | This is not a mobile phone number."
            })
    void aRefusedNumberIsToldItsReason(String typed, String sentence) {
        var person = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", typed);
        assertThat(person.status()).isEqualTo(422);
        assertThat(person.page()).contains(sentence).doesNotContain("login:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202d%s\u202c",
                "\u200e%s\ufeff",
                "\u2066%s\u2069",
                "tel:%s",
                "\uff0b%2$s",
                "+1 (0) %3$s",
                "%s\u00a0\ufe0e\t",
                "011 %2$s",
                "+1\u2011%3$s",
                "1\u2013%3$s"
            })
    void aPastedNumberIsRead(String form) {
        String number = number();
        atTheCode(form.formatted(number, number.substring(1), number.substring(2)));
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%s\u200b", "\u200e%s", "%s.", "Your Kriya code is %s. Do not share it", "@kriya.local #%s"})
    void aPastedCodeIsRead(String form) {
        String number = number();
        var person = atTheCode(number).submit("/code", "code", form.formatted(kriya.codeOf(number)));
        assertThat(person.path()).endsWith("/name");
    }

    @Test
    void aWrongCodeSaysHowManyAttemptsAreLeftAndAfterTheLastItBeginsAnew() {
        String number = number();
        var person = atTheCode(number);
        String code = kriya.codeOf(number);
        for (int left = 4; left > 0; left--) {
            person.submit("/code", "code", wrong(code));
            assertThat(person.path()).endsWith("/code");
            assertThat(person.page()).contains("aria-invalid=\"true\"", "Attempts left: " + left);
            // To look again costs nothing.
            assertThat(person.reload().page()).contains("Attempts left: " + left);
        }
        person.submit("/code", "code", "12345");
        assertThat(person.page()).contains("aria-invalid=\"true\"", "Attempts left: 1");
        person.submit("/code", "code", wrong(code));
        assertThat(person.path()).endsWith("/authorize");
        assertThat(person.page()).contains("<title>Error").contains("name=\"phone_number\"");

        kriya.coolDown();
        person.submit("", "phone_number", number);
        assertThat(person.path()).endsWith("/code");
        assertThat(kriya.codeOf(number)).isNotEqualTo(code);
        assertThat(person.submit("/code", "code", kriya.codeOf(number)).path()).endsWith("/name");
    }

    @Test
    void aCodeThatExpiredBeginsAnew() {
        String number = number();
        var person = atTheCode(number);
        kriya.database.execute("update challenges set expires_at = now() where phone_number = '" + number + "'");
        person.submit("/code", "code", kriya.codeOf(number));
        assertThat(person.path()).endsWith("/authorize");
        assertThat(person.page()).contains("<title>Error");
        assertThat(person.get(person.answer().uri().getPath() + "/code?"
                                + person.answer().uri().getRawQuery())
                        .path())
                .endsWith("/authorize");
    }

    @Test
    void aFaultOfTheGatewayIsNotAMessageThatWasSent() {
        String number = number();
        kriya.gateway.respondWith(Behaviour.FAULT);
        var person = atTheCode(number);
        assertThat(person.page()).contains("can’t tell whether it was sent").doesNotContain("We sent");

        kriya.gateway.respondWith(Behaviour.SUCCESS);
        kriya.database.execute("update challenges set resend_at = now() where phone_number = '" + number + "'");
        person.reload().press("/resend");
        assertThat(person.page())
                .contains("We sent a new message with a code to")
                .doesNotContain("can’t tell");
        assertThat(person.submit("/code", "code", kriya.codeOf(number)).path()).endsWith("/name");
    }

    @Test
    void aLastingRefusalDoesNotAskToTryAgainSoon() {
        kriya.gateway.respondWith(Behaviour.REJECTED);
        var person = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", number());
        assertThat(person.status()).isEqualTo(503);
        assertThat(person.answer().headers().firstValue("Retry-After")).contains("3600");
        assertThat(person.page()).contains("Try another number").doesNotContain("in a few minutes");
    }

    @Test
    void aLanguageThatIsSwitchedToIsKeptToTheEndInPagesAndMessages() {
        String number = number();
        var person = new Person(kriya).reading("de").open(Plane.query(Plane.state()));
        assertThat(person.page()).contains("<html lang=\"de\"");
        assertThat(person.switchTo("fr").page()).contains("<html lang=\"fr\"");

        person.submit("", "phone_number", "12");
        assertThat(person.page()).contains("<html lang=\"fr\"", "aria-invalid");
        person.submit("", "phone_number", number);
        assertThat(person.path()).endsWith("/code");
        assertThat(person.page()).contains("<html lang=\"fr\"");
        assertThat(kriya.gateway.last().text()).startsWith("Votre code Kriya");

        assertThat(person.switchTo("ar").page()).contains("<html lang=\"ar\" dir=\"rtl\"");
        person.submit("/code", "code", wrong(kriya.codeOf(number)));
        assertThat(person.page()).contains("<html lang=\"ar\"", "aria-invalid");
        kriya.database.execute("update challenges set resend_at = now() where phone_number = '" + number + "'");
        kriya.coolDown();
        person.press("/resend");
        assertThat(kriya.gateway.last().text()).startsWith("رمز");

        person.submit("/code", "code", kriya.codeOf(number));
        assertThat(person.path()).endsWith("/name");
        assertThat(person.switchTo("ja").submit("/name", "name", "").page()).contains("<html lang=\"ja\"");
        assertThat(person.submit("/name", "name", "Ada").sentBackTo())
                .startsWith(Api.CALLBACK + "?code=kriya_ac_")
                .doesNotContain("ui_locales");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fr                    | fr
            tlh%20pt-BR%20fr      | pt
            zh-Hans-CN+en         | zh
            tlh                   | de
            ''                    | de
            %00                   | de
            ja;q=0.1              | ja
            """)
    void theClientMayAskForALanguage(String uiLocales, String expected) {
        String number = number();
        var person = new Person(kriya).reading("de").open(Plane.query(Plane.state()) + "&ui_locales=" + uiLocales);
        assertThat(person.page()).contains("<html lang=\"" + expected + "\"");
        person.submit("", "phone_number", number);
        assertThat(person.page()).contains("<html lang=\"" + expected + "\"");
    }

    @Test
    void aParameterOfTheLanguageThatIsRepeatedIsRefusedAsAnyOther() {
        var person = new Person(kriya).open(Plane.query(Plane.state()) + "&ui_locales=fr&ui_locales=de");
        assertThat(person.given("error")).isEqualTo("invalid_request");
    }

    @Test
    void itIsSentAgainWhenItIsTimeAndAButtonPressedTwiceSendsItOnce() throws Exception {
        String number = number();
        var person = atTheCode(number);
        person.press("/resend");
        assertThat(person.page()).containsPattern("You can send it again in [0-9]+ seconds\\.");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);

        kriya.database.execute("update challenges set resend_at = now() where phone_number = '" + number + "'");
        kriya.coolDown();
        var form = person.reload().hidden("/resend");
        String action = person.action("/resend");
        twice(person, action, form);
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
        person.post(action, form);
        assertThat(person.page()).contains("role=\"status\"");
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            person.reload();
        }
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
        assertThat(person.submit("/code", "code", kriya.codeOf(number)).path()).endsWith("/name");
    }

    @Test
    void neitherReloadNorBackNorTheSameNumberAgainSendsASecondMessage() throws Exception {
        String number = number();
        var person = new Person(kriya).open(Plane.query(Plane.state()));
        var form = person.withHidden("", "phone_number", number);
        String action = person.action("");
        assertThat(twice(person, action, form))
                .extracting(HttpResponse::statusCode)
                .containsOnly(303);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);

        person.post(action, form).reload();
        String code = kriya.codeOf(number);
        person.follow("");
        assertThat(person.page()).contains("value=\"+1 202-");
        person.submit("", "phone_number", number);
        assertThat(person.path()).endsWith("/code");
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        assertThat(person.submit("/code", "code", code).path()).endsWith("/name");
    }

    @Test
    void theNumberMayBeChanged() {
        String first = number();
        String second = number();
        var person = atTheCode(first).follow("").submit("", "phone_number", second);
        assertThat(kriya.messagesTo(second)).isEqualTo(1);
        person.submit("/code", "code", kriya.codeOf(second))
                .submit("/name", "name", "Ada")
                .sentBackTo();
        assertThat(people(first)).isZero();
        assertThat(people(second)).isEqualTo(1);
    }

    @Test
    void whoPressesTheLastButtonTwiceIsSentBackTwiceWithOneCode() throws Exception {
        String number = number();
        come(number, "Ada");
        var person = atTheCode(number);
        var form = person.withHidden("/code", "code", kriya.codeOf(number));
        var answers = twice(person, person.action("/code"), form);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(302);
        assertThat(answers)
                .extracting(answer -> answer.headers().firstValue("Location").orElseThrow())
                .containsOnly(
                        answers.getFirst().headers().firstValue("Location").orElseThrow());
    }

    @Test
    void aNumberThatTurnsOutToGetNoMessagesIsSaidSoBesideIt() {
        String number = number();
        var person = atTheCode(number);
        kriya.database.execute("update challenges set resend_at = now() where phone_number = '" + number + "'");
        kriya.coolDown();
        kriya.gateway.respondWith(Behaviour.INVALID_PHONE_NUMBER);
        person.press("/resend");
        assertThat(person.path()).endsWith("/authorize");
        assertThat(person.page()).contains("aria-invalid=\"true\"", "<title>Error");
        var other = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", number());
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.page()).contains("aria-invalid=\"true\"");
    }

    @Test
    void whatWentWrongWithACodeIsNotSaidOfTheNumber() {
        String number = number();
        var person = atTheCode(number).submit("/code", "code", wrong(kriya.codeOf(number)));
        assertThat(person.follow("").page()).doesNotContain("aria-invalid", "<title>Error");
    }

    @Test
    void whatABrowserHoldsEndsAlsoWhereItIsKept() {
        String number = number();
        var person = atTheCode(number);
        String query = person.answer().uri().getRawQuery();
        assertThat(person.get("/oauth/authorize/code?" + query).path()).endsWith("/code");
        var request = new io.kriya.oauth.AuthorizationRequest(
                Plane.ID, Api.CALLBACK, Person.parameter("?" + query, "state"), null);
        var browser = BrowserId.of(person.cookies().get("__Host-kriya"));
        String old =
                TestCookies.of(number, browser, request, java.time.Instant.now().minusSeconds(7201));
        String fresh = TestCookies.of(number, browser, request, java.time.Instant.now());
        String name = person.cookies().keySet().stream()
                .filter(cookie -> cookie.startsWith("kriya-"))
                .findFirst()
                .orElseThrow();
        person.cookies().put(name, fresh);
        assertThat(person.get("/oauth/authorize?" + query).page()).contains("value=\"+1 202-");
        person.cookies().put(name, old);
        assertThat(person.get("/oauth/authorize?" + query).page()).doesNotContain("value=\"+1 202-");
    }

    @Test
    void aPageThatWentWrongLeadsBackWhenItIsAskedForAgain() {
        var person = atTheCode(number());
        String query = person.answer().uri().getRawQuery();
        assertThat(person.get("/oauth/authorize/resend?" + query).path()).endsWith("/code");
    }

    @Test
    void noOtherPageReadsThisOneNotEvenALink() {
        String query = Plane.query(Plane.state());
        var settings = new LinkedHashMap<>(Api.CLIENT);
        settings.put("ALLOWED_ORIGINS", "https://plane.example.com");
        try (var open = Deployment.start(kriya.database, 1, settings)) {
            var page = open.one()
                    .send(open.one()
                            .request("/oauth/authorize?" + query)
                            .header("Origin", "https://plane.example.com")
                            .header("Idempotency-Key", "x")
                            .build());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
            assertThat(page.headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }
    }

    @Test
    void stepsAreCountedByTheirRoute() {
        String number = number();
        come(number, "Ada");
        String metrics = kriya.one().metrics() + kriya.two().metrics();
        assertThat(metrics.lines().filter(line -> line.startsWith("http_server_requests_seconds_count")))
                .anyMatch(line -> line.contains("uri=\"/oauth/authorize\"") && line.contains("303"))
                .anyMatch(line -> line.contains("uri=\"/oauth/authorize/name\"") && line.contains("302"))
                .noneMatch(line -> line.contains("uri=\"other\"") && line.contains("status=\"30"));
    }

    private static List<HttpResponse<String>> twice(Person person, String action, Map<String, String> form)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = List.of(
                    CompletableFuture.supplyAsync(() -> person.trying(person.posting(action, form)), threads),
                    CompletableFuture.supplyAsync(() -> person.trying(person.posting(action, form)), threads));
            return List.of(answers.getFirst().get(), answers.getLast().get());
        }
    }

    @Test
    void whoCancelsIsSentBackWithWordOfItAndTheCodeIsOfNoUse() {
        String number = number();
        var person = atTheCode(number).follow("/cancel");
        assertThat(person.sentBackTo()).startsWith(Api.CALLBACK + "?error=access_denied&state=");
        assertThat(person.cookies()).hasSize(1);
        assertThat(people(number)).isZero();
    }

    @Test
    void twoTabsDoNotDisturbEachOther() {
        String first = number();
        String second = number();
        var one = new Person(kriya).open(Plane.query(Plane.state()));
        var other = one.tab().open(Plane.query(Plane.state()));
        one.submit("", "phone_number", first);
        other.cookies().putAll(one.cookies());
        other.submit("", "phone_number", second);
        one.cookies().putAll(other.cookies());
        one.submit("/code", "code", kriya.codeOf(first)).submit("/name", "name", "One");
        other.submit("/code", "code", kriya.codeOf(second)).submit("/name", "name", "Other");
        assertThat(one.given("state")).isNotEqualTo(other.given("state"));
        assertThat(kriya.database.query("select first_name from users where phone_number = '" + first + "'"))
                .isEqualTo("One");
        assertThat(kriya.database.query("select first_name from users where phone_number = '" + second + "'"))
                .isEqualTo("Other");
    }

    @Test
    void aBrowserIsNotMadeToHoldMoreThanItCanSend() {
        var person = new Person(kriya);
        for (int i = 0; i < 12; i++) {
            person.open(Plane.query(Plane.state())).submit("", "phone_number", number());
            assertThat(person.path()).endsWith("/code");
            assertThat(person.cookies()).hasSizeLessThan(13);
        }
    }

    @Test
    void namesAreTextWhateverTheyHold() {
        String number = number();
        String name = "<img src=x onerror=alert(1)>\"'& Åsa 阿";
        var person = atTheCode(number).submit("/code", "code", kriya.codeOf(number));
        person.submit("/name", "name", name + "\r\nLocation: x");
        assertThat(person.status()).isEqualTo(422);
        assertThat(person.page()).contains("aria-invalid=\"true\"").doesNotContain("<img src=x");
        assertThat(person.submit("/name", "name", "x".repeat(101)).status()).isEqualTo(422);
        assertThat(person.submit("/name", "name", "  ").status()).isEqualTo(422);
        person.submit("/name", "name", name).sentBackTo();
        assertThat(kriya.database.query("select first_name from users where phone_number = '" + number + "'"))
                .isEqualTo(name);
    }

    @Test
    void aStateThatIsHtmlComesBackUnchangedAndIsNoHtmlHere() {
        String state = "\"><script>alert(1)</script>&code=x' {frame.csrf}";
        String number = number();
        come(number, "Ada");
        var person = new Person(kriya).open(Plane.query(state));
        assertThat(person.page()).doesNotContain("<script>alert");
        kriya.coolDown();
        person.submit("", "phone_number", number).submit("/code", "code", kriya.codeOf(number));
        assertThat(person.given("state")).isEqualTo(state);
        assertThat(person.given("code")).startsWith("kriya_ac_");
    }

    @Test
    void aFormWithoutItsTokenOrWithAnothersIsRefusedAndDoesNothing() {
        String number = number();
        var victim = new Person(kriya).open(Plane.query(Plane.state()));
        String action = victim.action("");
        var own = victim.withHidden("", "phone_number", number);
        var without = new LinkedHashMap<>(own);
        without.remove("csrf");
        var attacker = new Person(kriya).open(Plane.query(Plane.state()));
        var foreign = new LinkedHashMap<>(own);
        foreign.put("csrf", attacker.hidden("").get("csrf"));
        var otherTab = victim.tab().open(Plane.query(Plane.state()));
        var ofOtherRequest = new LinkedHashMap<>(own);
        ofOtherRequest.put("csrf", otherTab.hidden("").get("csrf"));
        for (Map<String, String> form : List.of(without, foreign, ofOtherRequest)) {
            var answer = victim.trying(victim.posting(action, form));
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("/oauth/authorize?");
        }
        // Of the same request, in a browser that has not opened it.
        assertThat(new Person(kriya).post(action, own).status()).isEqualTo(403);
        assertThat(kriya.messagesTo(number)).isZero();
        victim.post(action, own);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
    }

    @Test
    void whatOneBrowserHoldsIsNothingInAnother() {
        String number = number();
        var attacker = atTheCode(number);
        String query = attacker.answer().uri().getRawQuery();
        var victim = new Person(kriya).get("/oauth/authorize?" + query);
        String planted = attacker.cookies().entrySet().stream()
                .filter(cookie -> cookie.getKey().startsWith("kriya-"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        String name =
                victim
                        .tab()
                        .get("/oauth/authorize?" + query)
                        .submit("", "phone_number", number())
                        .cookies()
                        .keySet()
                        .stream()
                        .filter(cookie -> cookie.startsWith("kriya-"))
                        .findFirst()
                        .orElseThrow();
        victim.cookies().put(name, planted);
        assertThat(victim.get("/oauth/authorize/code?" + query).path()).endsWith("/authorize");
        victim.cookies().put(name, planted.substring(1) + "A");
        assertThat(victim.get("/oauth/authorize/code?" + query).path()).endsWith("/authorize");
        victim.cookies().put(name, "%%%");
        assertThat(victim.get("/oauth/authorize/code?" + query).path()).endsWith("/authorize");
    }

    @Test
    void theLimitsOfTheApiHoldOnThePageFromTheSameCounters() {
        String number = number();
        for (int i = 0; i < 5; i++) {
            assertThat(kriya.register(number).statusCode()).isEqualTo(202);
            kriya.pass(Duration.ofSeconds(30));
        }
        var person = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", number);
        assertThat(person.status()).isEqualTo(429);
        assertThat(person.answer().headers().firstValue("Retry-After")).isPresent();
        assertThat(person.page()).contains("<title>Error", "name=\"phone_number\"");
        assertThat(kriya.messagesTo(number)).isEqualTo(5);

        String other = number();
        for (int i = 0; i < 5; i++) {
            assertThat(new Person(kriya)
                            .open(Plane.query(Plane.state()))
                            .submit("", "phone_number", other)
                            .path())
                    .endsWith("/code");
            kriya.pass(Duration.ofSeconds(30));
        }
        assertThat(kriya.register(other).statusCode()).isEqualTo(429);
    }

    @Test
    void wrongCodesOfThePageCountWithThoseOfTheApi() {
        String number = number();
        for (int round = 0; round < 2; round++) {
            var person = atTheCode(number);
            for (int i = 0; i < 5; i++) {
                person.submit("/code", "code", wrong(kriya.codeOf(number)));
            }
        }
        String id = Deployment.id(kriya.registerAs(number, "Ada"));
        // The first code is compared, the next one is not.
        assertThat(kriya.verify(id, wrong(kriya.codeOf(number))).statusCode()).isEqualTo(401);
        assertThat(kriya.verify(id, kriya.codeOf(number)).statusCode()).isEqualTo(410);
        var person = atTheCode(number);
        person.submit("/code", "code", wrong(kriya.codeOf(number)));
        person.submit("/code", "code", kriya.codeOf(number));
        assertThat(person.path()).endsWith("/authorize");
        assertThat(person.page()).contains("<title>Error");
        assertThat(people(number)).isZero();
    }

    @Test
    void whatCanNotBeSentIsSaidAndMayBeTriedAgain() {
        String number = number();
        kriya.gateway.respondWith(Behaviour.REJECTED);
        var person = new Person(kriya).open(Plane.query(Plane.state())).submit("", "phone_number", number);
        assertThat(person.status()).isEqualTo(503);
        assertThat(person.page()).contains("<title>Error", "name=\"phone_number\"");
        kriya.gateway.respondWith(Behaviour.SUCCESS);
        assertThat(person.submit("", "phone_number", number).path()).endsWith("/code");
    }

    @Test
    void everyAnswerKeepsOthersOut() {
        String number = number();
        String query = Plane.query(Plane.state());
        var person = new Person(kriya);
        for (HttpResponse<String> answer : List.of(
                person.open(query).answer(),
                person.submit("", "phone_number", "1").answer(),
                person.trying(person.posting("/oauth/authorize?" + query, Map.of())),
                person.submit("", "phone_number", number).answer(),
                person.trying(person.posting(
                        person.action("/code"), person.withHidden("/code", "code", wrong(kriya.codeOf(number))))),
                person.get("/oauth/authorize?client_id=x").answer(),
                person.get("/oauth/authorize/cancel?" + query).answer())) {
            var headers = answer.headers();
            assertThat(headers.firstValue("Content-Security-Policy"))
                    .contains("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
                            + " form-action 'self' https://plane.example.com; base-uri 'none'; frame-ancestors 'none'");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Strict-Transport-Security")).contains("max-age=31536000");
            assertThat(headers.allValues("Set-Cookie")).allSatisfy(cookie -> assertThat(cookie)
                    .containsIgnoringCase("secure")
                    .containsIgnoringCase("httponly")
                    .containsIgnoringCase("samesite=lax"));
            assertThat(answer.body()).doesNotContain("style=", "onclick", "http://", "<style");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cross-Origin-Resource-Policy", "Cross-Origin-Opener-Policy"})
    void everyAnswerIsOfItsOwnOriginOnly(String header) {
        String query = Plane.query(Plane.state());
        var person = new Person(kriya);
        for (HttpResponse<String> answer : List.of(
                person.open(query).answer(),
                person.get("/oauth/authorize?client_id=x").answer(),
                person.get("/oauth/authorize/cancel?" + query).answer())) {
            assertThat(answer.headers().firstValue(header)).contains("same-origin");
        }
    }

    @ParameterizedTest
    @CsvSource({"hi, hi, ltr", "es-MX, es, ltr", "ar, ar, rtl", "'tlh, ar;q=0.5', ar, rtl", "tlh, en, ltr"})
    void thePageIsInTheLanguageOfTheBrowser(String accepted, String tag, String direction) {
        String start = "<html lang=\"%s\" dir=\"%s\">".formatted(tag, direction);
        var person = new Person(kriya).reading(accepted).open(Plane.query(Plane.state()));
        assertThat(person.page()).contains(start);
        assertThat(person.answer().headers().firstValue("Vary")).isPresent();
        person.submit("", "phone_number", number());
        assertThat(person.page()).contains(start);
    }

    @Test
    void numbersCodesAndSecretsAreInNoLogAndNoMetric() {
        String number = number();
        String state = Plane.state();
        var person = new Person(kriya).open(Plane.query(state)).submit("", "phone_number", number);
        String code = kriya.codeOf(number);
        person.submit("/code", "code", code).submit("/name", "name", "Lovelace-of-the-log");
        String grant = person.given("code");
        for (var replica : kriya.replicas) {
            assertThat(replica.log() + replica.metrics())
                    .doesNotContain(number, number.substring(1), code, state, grant, "Lovelace-of-the-log")
                    .doesNotContain(Plane.SECRET)
                    .contains("/oauth/authorize/code");
        }
        assertThat(kriya.one().metric("kriya_logins_total{step=\"begun\"}")).isPositive();
    }
}
