package io.kriya.oauth;

import static io.kriya.Deployment.number;
import static io.kriya.Patience.await;
import static io.kriya.oauth.Plane.ID;
import static io.kriya.oauth.Plane.SECRET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.loginpage.Person;
import io.kriya.oauth.Plane.Answer;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stock Plane calls, on two replicas. */
class OAuthIT {

    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    /** Its SHA-256 in base64url, of RFC 7636, B. */
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private static final String PREVIOUS_SECRET = "the-client-secret-before-that-one-32";

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        var settings = new LinkedHashMap<>(Api.CLIENT);
        settings.put("OAUTH_CLIENT_SECRET_PREVIOUS", PREVIOUS_SECRET);
        settings.put("OAUTH_REDIRECT_URIS", Api.CALLBACK + ",https://plane.example.com/query?a=b");
        settings.put("PUBLIC_URL", "https://plane.example.com/kriya");
        settings.put("OAUTH_EMAIL_DOMAIN", "people.example.com");
        kriya = Deployment.start(2, settings);
    }

    private static Answer exchange(String code) {
        return Plane.token(kriya.two(), Plane.exchange(code));
    }

    private static Map<String, String> with(Map<String, String> fields, String field, String value) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(field, value);
        return changed;
    }

    private static void assertThatItIs(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().getString("error")).isEqualTo(error);
        assertThat(answer.json().getString("error_description")).isNotBlank();
        assertThat(answer.head()).containsIgnoringCase("content-type: application/json");
        assertThat(answer.head()).containsIgnoringCase("cache-control: no-store");
    }

    private static String idOf(String number) {
        return kriya.database.query("select id from users where phone_number = '" + number + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth/token", "/oauth/introspect", "/oauth/revoke"})
    void aFormThatCanNotBeReadIsAnInvalidRequest(String path) {
        for (String body : List.of("a=%zz", "client_secret=ab%", "client_secret=a%c", "token=\u00ff\u00fe", "%=1")) {
            assertThatItIs(Plane.form(kriya.one(), path, body), 400, "invalid_request");
        }
    }

    @Test
    void aStockPlaneLogsSomebodyIn() {
        String number = number();
        long before = System.currentTimeMillis() / 1000;
        var token = exchange(Plane.codeFor(kriya, number, "Ada"));
        assertThat(token.status()).as(token.body()).isEqualTo(200);
        assertThat(token.head())
                .containsIgnoringCase("content-type: application/json")
                .containsIgnoringCase("cache-control: no-store");
        assertThat(token.json().getMap(""))
                .containsOnlyKeys("access_token", "token_type", "expires_in", "created_at", "scope")
                .containsEntry("token_type", "Bearer")
                .containsEntry("expires_in", 600)
                .containsEntry("scope", "read_user");
        assertThat(token.json().getLong("created_at")).isBetween(before, before + 3600);

        var user = Plane.user(kriya.one(), token.json().getString("access_token"));
        assertThat(user.status()).isEqualTo(200);
        assertThat(user.head()).containsIgnoringCase("cache-control: no-store");
        String id = idOf(number);
        assertThat(user.json().getMap(""))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "id",
                        id,
                        "sub",
                        id,
                        "username",
                        id,
                        "email",
                        id + "@people.example.com",
                        "name",
                        "Ada",
                        "family_name",
                        "",
                        "avatar_url",
                        ""));
    }

    @Test
    void theResponsesOfTheTokenEndpointForbidOldCachesToo() {
        for (Answer answer : List.of(exchange(Plane.codeFor(kriya, number(), "Ada")), exchange("kriya_ac_none"))) {
            assertThat(answer.head()).containsIgnoringCase("pragma: no-cache");
        }
    }

    @Test
    void neitherTheNumberNorAnUnprovenAddressReachesPlaneButAProvenOneDoes() {
        String number = number();
        String id = Deployment.id(kriya.post(
                "/api/auth/register",
                "{\"phone_number\": \"%s\", \"first_name\": \"Ada\", \"last_name\": \"Lovelace\",".formatted(number)
                        + " \"email\": \"admin@plane.example.com\"}"));
        kriya.verify(id, kriya.codeOf(number));
        String token = Plane.tokenFor(kriya, number, null);
        var user = Plane.user(kriya.one(), token);
        assertThat(user.json().getString("email")).isEqualTo(idOf(number) + "@people.example.com");
        assertThat(user.json().getString("family_name")).isEqualTo("Lovelace");
        assertThat(user.body()).doesNotContain(number.substring(1)).doesNotContain("admin@plane");

        // Both replicas remember the token.
        String login = kriya.tokenOf(number);
        assertThat(kriya.replicas)
                .allSatisfy(replica -> assertThat(emailOf(replica, login)).isNull());
        String proven = "ada-%s@example.com".formatted(number.substring(1));
        kriya.database.execute(
                "update users set verified_email = '%s' where phone_number = '%s'".formatted(proven, number));
        assertThat(Plane.user(kriya.two(), token).json().getString("email")).isEqualTo(proven);
        await("word of it").untilAsserted(() -> assertThat(kriya.replicas)
                .allSatisfy(replica -> assertThat(emailOf(replica, login)).isEqualTo(proven)));
    }

    private static String emailOf(KriyaProcess replica, String token) {
        return Deployment.json(replica.validate(token)).getString("user.email");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://plane.example.com:8443/auth/gitlab/callback/",
                "https://plane.example.com:443/auth/gitlab/callback/",
                "https://plane.example.com/auth/gitlab/callback/below",
                "https://plane.example.com/auth/gitlab/callback",
                "https://plane.example.com/auth/gitlab/callback/../callback/",
                "https://plane.example.com/auth/x/../gitlab/callback/",
                "https://user@plane.example.com/auth/gitlab/callback/",
                "https://plane.example.com@evil.example/auth/gitlab/callback/",
                "https://plane.example.com/auth/gitlab/callback/#x",
                "https://plane.example.com/auth/gitlab/callback/?x=y",
                "https://PLANE.example.com/auth/gitlab/callback/",
                "HTTPS://plane.example.com/auth/gitlab/callback/",
                "https://plane.example.com/Auth/gitlab/callback/",
                "https://plane.example.com/auth%2Fgitlab/callback/",
                "https://plane.example.com/auth/gitl%61b/callback/",
                "https://plane.example.com.evil.example/auth/gitlab/callback/",
                "https://evilplane.example.com/auth/gitlab/callback/",
                "http://plane.example.com/auth/gitlab/callback/",
                "//plane.example.com/auth/gitlab/callback/",
                "/auth/gitlab/callback/",
                "javascript:alert(1)",
                "https://plane.example.com/auth/gitlab/callback/,https://plane.example.com/query?a=b",
                " https://plane.example.com/auth/gitlab/callback/",
                "https://plane.example.com/auth/gitlab/callback/\u0000",
                "https://plane.example.com\\@evil.example/auth/gitlab/callback/",
                ""
            })
    void nobodyIsSentToAnAddressThatAlmostMatches(String uri) {
        assertThatItIsAPageThatLeadsOnlyToTheClientsHome(
                Plane.encode(with(Plane.request(Plane.state()), "redirect_uri", uri)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "other", "PLANE", "plane ", "plane\u0000"})
    void nobodyIsSentAnywhereByAnotherClient(String id) {
        assertThatItIsAPageThatLeadsOnlyToTheClientsHome(
                Plane.encode(with(Plane.request(Plane.state()), "client_id", id)));
    }

    @Test
    void nobodyIsSentAnywhereByARequestThatSaysThingsTwice() {
        String query = Plane.query(Plane.state());
        assertThatItIsAPageThatLeadsOnlyToTheClientsHome(query + "&redirect_uri=" + encoded(Api.CALLBACK));
        assertThatItIsAPageThatLeadsOnlyToTheClientsHome(query + "&client_id=plane");
        assertThatItIsAPageThatLeadsOnlyToTheClientsHome("");
    }

    private static void assertThatItIsAPageThatLeadsOnlyToTheClientsHome(String query) {
        var person = new Person(kriya).open(query);
        assertThat(person.status()).isEqualTo(400);
        String back = "<a href=\"https://plane.example.com/\">";
        assertThat(person.page()).contains("<html", "<h1>").containsOnlyOnce(back);
        assertThat(person.page().replace(back, "")).doesNotContain("href=\"http", "<form", "evil");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_type, '', invalid_request",
        "response_mode, fragment, invalid_request",
        "scope, api, invalid_scope",
        "code_challenge_method, S256, invalid_request",
        "code_challenge, plain-and-without-a-method, invalid_request"
    })
    void theClientIsToldOfARequestThatItMadeWrong(String field, String value, String error) {
        var person = new Person(kriya).open(Plane.encode(with(Plane.request("the-state"), field, value)));
        assertThat(person.sentBackTo())
                .startsWith(Api.CALLBACK + "?error=" + error + "&state=the-state&error_description=");
        assertThat(person.given("error_description"))
                .contains(field, "takes")
                .doesNotContain(value.isEmpty() ? "\n" : value)
                // RFC 6749, 4.1.2.1.
                .matches("[ !#-\\[\\]-~]+");
    }

    @Test
    void ofAParameterThatIsThereTwiceTheClientIsToldItsName() {
        for (String name : List.of("response_type", "scope", "state", "code_challenge", "ui_locales")) {
            var person = new Person(kriya).open(Plane.query("s") + "&" + name + "=a&" + name + "=b");
            assertThat(person.given("error")).isEqualTo("invalid_request");
            assertThat(person.given("error_description")).contains(name + " ");
        }
    }

    @Test
    void everyRedirectNamesTheIssuer() {
        var person = new Person(kriya).open(Plane.encode(with(Plane.request("s"), "scope", "api")));
        assertThat(person.given("iss")).isEqualTo("https://plane.example.com/kriya");
        var cancelled = new Person(kriya).get("/oauth/authorize/cancel?" + Plane.query("s"));
        assertThat(cancelled.given("iss")).isEqualTo("https://plane.example.com/kriya");
        var number = number();
        var granted = new Person(kriya)
                .open(Plane.query("s"))
                .submit("", "phone_number", number)
                .submit("/code", "code", kriya.codeOf(number))
                .submit("/name", "name", "Ada");
        assertThat(granted.given("iss")).isEqualTo("https://plane.example.com/kriya");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openid profile email read_user",
                "read_user read_api",
                "read_user",
                "read_user read_user",
                " read_user"
            })
    void readUserIsGrantedAmongOtherScopesAndTheClientIsToldOfIt(String scope) {
        var request = with(Plane.request(Plane.state()), "scope", scope);
        var token = exchange(Plane.codeFor(kriya, number(), "Ada", request));
        assertThat(token.json().getString("scope")).isEqualTo("read_user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid profile email", "read_users", "READ_USER", "login", "read_user,api", " "})
    void ofUnknownScopesAloneTheClientIsToldTheKnownOne(String scope) {
        var person = new Person(kriya).open(Plane.encode(with(Plane.request("s"), "scope", scope)));
        assertThat(person.given("error")).isEqualTo("invalid_scope");
        assertThat(person.given("error_description")).contains("scope takes read_user");
    }

    @Test
    void aRequestWithNeitherStateNorChallengeIsRefusedWithTheReason() {
        var request = Plane.request("x");
        request.remove("state");
        for (String query : List.of(Plane.encode(request), Plane.query(""))) {
            var person = new Person(kriya).open(query);
            assertThat(person.sentBackTo()).startsWith(Api.CALLBACK + "?error=invalid_request&error_description=");
            assertThat(person.given("error_description"))
                    .contains("state or code_challenge is required", "OAUTH_ALLOW_STATELESS");
        }
    }

    @Test
    void aStateThatIsWrongIsRefusedEvenBesideAChallenge() {
        for (String state : List.of("line\r\nSet-Cookie: a=b", "é", "x".repeat(2049))) {
            var request = challenged(Plane.request(state));
            for (String query : List.of(Plane.query(state), Plane.encode(request))) {
                var person = new Person(kriya).open(query);
                assertThat(person.sentBackTo())
                        .startsWith(Api.CALLBACK + "?error=invalid_request&error_description=state%20takes")
                        .doesNotContain("&state=");
            }
        }
    }

    @Test
    void aStateOf2048CharactersComesBackAsItIs() {
        String state = (" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~az09" + "x".repeat(2048)).substring(0, 2048);
        String number = number();
        var person = new Person(kriya)
                .open(Plane.query(state))
                .submit("", "phone_number", number)
                .submit("/code", "code", kriya.codeOf(number))
                .submit("/name", "name", "Ada");
        assertThat(person.given("state")).isEqualTo(state);
        // As decodeURIComponent has it, to which a plus is no blank.
        assertThat(person.sentBackTo()).contains("&state=%20").doesNotContain("+");
    }

    @Test
    void aChallengeStandsForAStateAndNoStateComesBack() {
        var request = challenged(Plane.request(""));
        request.remove("state");
        String number = number();
        var person = new Person(kriya)
                .open(Plane.encode(request))
                .submit("", "phone_number", number)
                .submit("/code", "code", kriya.codeOf(number))
                .submit("/name", "name", "Ada");
        assertThat(person.sentBackTo()).doesNotContain("state=");
        var form = with(Plane.exchange(person.given("code")), "code_verifier", VERIFIER);
        assertThat(Plane.token(kriya.one(), form).status()).isEqualTo(200);
    }

    private static Map<String, String> challenged(Map<String, String> request) {
        request.put("code_challenge", CHALLENGE);
        request.put("code_challenge_method", "S256");
        return request;
    }

    @Test
    void anAddressWithAQueryKeepsIt() {
        String number = number();
        var request = with(Plane.request("s"), "redirect_uri", "https://plane.example.com/query?a=b");
        String code = Plane.codeFor(kriya, number, "Ada", request);
        var form = with(Plane.exchange(code), "redirect_uri", "https://plane.example.com/query?a=b");
        assertThat(Plane.token(kriya.one(), form).status()).isEqualTo(200);
        assertThat(new Person(kriya)
                        .open(Plane.encode(request))
                        .get("/oauth/authorize/cancel?" + Plane.encode(request))
                        .sentBackTo())
                .startsWith("https://plane.example.com/query?a=b&error=access_denied&state=s&error_description=");
    }

    @Test
    void aCodeThatIsShownAgainEndsWhatCameOfIt() {
        String code = Plane.codeFor(kriya, number(), "Ada");
        String token = exchange(code).json().getString("access_token");
        assertThat(Plane.user(kriya.one(), token).status()).isEqualTo(200);
        assertThatItIs(exchange(code), 400, "invalid_grant");
        assertThat(Plane.user(kriya.one(), token).status()).isEqualTo(401);
        assertThat(Plane.user(kriya.two(), token).status()).isEqualTo(401);
    }

    @Test
    void ofTwoExchangesAtOnceOneIsGrantedAndNothingCameOfIt() throws Exception {
        for (int round = 0; round < 5; round++) {
            String code = Plane.codeFor(kriya, number(), "Ada");
            List<Answer> answers = atOnce(8, i -> Plane.token(kriya.replicas.get(i % 2), Plane.exchange(code)));
            var granted =
                    answers.stream().filter(answer -> answer.status() == 200).toList();
            assertThat(granted).hasSize(1);
            assertThat(Plane.user(kriya.one(), granted.getFirst().json().getString("access_token"))
                            .status())
                    .isEqualTo(401);
        }
    }

    private interface Call {
        Answer of(int index);
    }

    private static List<Answer> atOnce(int count, Call call) throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                Callable<Answer> task = () -> {
                    start.await();
                    return call.of(index);
                };
                futures.add(threads.submit(task));
            }
            start.countDown();
            List<Answer> answers = new ArrayList<>();
            for (var future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }

    @Test
    void aCodeIsGoodForItsClientItsAddressAndAMinuteAlone() {
        String code = Plane.codeFor(kriya, number(), "Ada");
        var form = Plane.exchange(code);
        assertThatItIs(
                Plane.token(kriya.one(), with(form, "redirect_uri", "https://plane.example.com/query?a=b")),
                400,
                "invalid_grant");
        assertThatItIs(Plane.token(kriya.one(), with(form, "redirect_uri", "")), 400, "invalid_request");
        assertThatItIs(Plane.token(kriya.one(), with(form, "redirect_uri", "\u0000")), 400, "invalid_grant");
        assertThatItIs(Plane.token(kriya.one(), with(form, "client_id", "other")), 401, "invalid_client");
        assertThatItIs(Plane.token(kriya.one(), with(form, "code", code + "x")), 400, "invalid_grant");
        assertThatItIs(
                Plane.token(kriya.one(), with(form, "code", "kriya_ac_" + "A".repeat(43))), 400, "invalid_grant");
        kriya.database.execute("update grants set client_id = 'other' where token_hash is null");
        assertThatItIs(exchange(code), 400, "invalid_grant");
        kriya.database.execute("update grants set client_id = 'plane' where client_id = 'other'");
        assertThat(exchange(code).status()).isEqualTo(200);

        String late = Plane.codeFor(kriya, number(), "Ada");
        assertThat(kriya.database.query("select max(expires_at - created_at) from grants"))
                .isEqualTo("00:01:00");
        kriya.database.execute(
                "update grants set expires_at = expires_at - interval '61 seconds' where token_hash is null");
        assertThatItIs(exchange(late), 400, "invalid_grant");
    }

    private static void assertThatItNames(Answer answer, String description) {
        assertThat(answer.json().getString("error_description")).isEqualTo(description);
    }

    @Test
    void theClientIsToldWhyACodeIsNotExchanged() {
        var form = Plane.exchange(Plane.codeFor(kriya, number(), "Ada"));
        assertThatItNames(exchange("kriya_ac_none"), "code is unknown; it takes the one of the redirect.");
        assertThatItNames(exchange("kriya_ac_" + "A".repeat(43)), "code is unknown; it takes the one of the redirect.");
        assertThatItNames(
                Plane.token(kriya.one(), with(form, "redirect_uri", "https://evil.example/")),
                "redirect_uri takes one that is registered for the client.");
        assertThatItNames(
                Plane.token(kriya.one(), with(form, "redirect_uri", "https://plane.example.com/query?a=b")),
                "redirect_uri takes the one of the authorization request.");
        assertThatItNames(
                Plane.token(kriya.one(), with(form, "code_verifier", VERIFIER)),
                "code_verifier takes nothing, as the authorization request had no code_challenge.");
        assertThatItNames(
                Plane.token(kriya.one(), with(form, "code_verifier", "short")),
                "code_verifier takes 43 to 128 of A-Z, a-z, 0-9, -, ., _ and ~.");
        assertThatItNames(
                Plane.token(kriya.one(), with(form, "grant_type", "password")),
                "grant_type takes authorization_code alone.");
        assertThatItNames(
                Plane.token(kriya.one(), with(form, "code", "")),
                "code is required; it takes the one of the redirect.");
        assertThatItNames(
                Plane.form(kriya.one(), "/oauth/token", Plane.encode(form) + "&redirect_uri=x"),
                "redirect_uri is there more than once.");
        assertThat(Plane.token(kriya.one(), form).status()).isEqualTo(200);
        assertThatItNames(
                Plane.token(kriya.one(), form), "code is used or revoked; it takes one that was not exchanged yet.");

        var late = Plane.exchange(Plane.codeFor(kriya, number(), "Ada", challenged(Plane.request("s"))));
        assertThatItNames(
                Plane.token(kriya.one(), late), "code_verifier takes the one that the code_challenge was made of.");
        kriya.database.execute(
                "update grants set expires_at = expires_at - interval '61 seconds' where token_hash is null");
        assertThatItNames(
                Plane.token(kriya.one(), with(late, "code_verifier", VERIFIER)),
                "code is expired; it is valid for 60 seconds.");
    }

    @Test
    void aRequestWithAChallengeIsBoundToItsVerifier() {
        var request = challenged(Plane.request(Plane.state()));
        String code = Plane.codeFor(kriya, number(), "Ada", request);
        var form = Plane.exchange(code);
        assertThatItIs(Plane.token(kriya.one(), form), 400, "invalid_grant");
        assertThatItIs(
                Plane.token(kriya.one(), with(form, "code_verifier", VERIFIER.replace('d', 'e'))),
                400,
                "invalid_grant");
        assertThatItIs(Plane.token(kriya.one(), with(form, "code_verifier", "short")), 400, "invalid_request");
        assertThatItIs(Plane.token(kriya.one(), with(form, "code_verifier", CHALLENGE)), 400, "invalid_grant");
        assertThat(Plane.token(kriya.one(), with(form, "code_verifier", VERIFIER))
                        .status())
                .isEqualTo(200);

        // A verifier that nothing was bound to proves nothing.
        var unbound = Plane.exchange(Plane.codeFor(kriya, number(), "Ada"));
        assertThatItIs(Plane.token(kriya.one(), with(unbound, "code_verifier", VERIFIER)), 400, "invalid_grant");
    }

    @Test
    void aClientProvesItselfByFormOrHeaderAndBySecretsOldAndNew() {
        var form = Plane.exchange(Plane.codeFor(kriya, number(), "Ada"));
        form.remove("client_secret");
        form.remove("client_id");
        String basic =
                "Basic " + Base64.getEncoder().encodeToString((encoded(ID) + ":" + encoded(SECRET)).getBytes(US_ASCII));
        assertThatItIs(Plane.token(kriya.one(), form), 401, "invalid_client");
        assertThatItIs(Plane.token(kriya.one(), form, "Authorization", "Basic %%%"), 401, "invalid_client");
        assertThatItIs(Plane.token(kriya.one(), form, "Authorization", "Basic cGxhbmU="), 401, "invalid_client");
        assertThat(Plane.token(kriya.one(), form).head()).containsIgnoringCase("www-authenticate: Basic");
        for (var different : List.of(with(form, "client_secret", PREVIOUS_SECRET), with(form, "client_id", "other"))) {
            var answer = Plane.token(kriya.one(), different, "Authorization", basic);
            assertThatItIs(answer, 400, "invalid_request");
            assertThat(answer.json().getString("error_description")).contains("client_id", "client_secret");
        }
        assertThat(Plane.token(kriya.one(), with(form, "client_secret", SECRET), "Authorization", basic)
                        .status())
                .isEqualTo(200);
        var old = with(Plane.exchange(Plane.codeFor(kriya, number(), "Ada")), "client_secret", PREVIOUS_SECRET);
        assertThat(Plane.token(kriya.one(), old).status()).isEqualTo(200);
    }

    @Test
    void aCallThatIsNotAnExchangeIsToldWhatIsWrong() {
        var form = Plane.exchange(Plane.codeFor(kriya, number(), "Ada"));
        assertThatItIs(Plane.token(kriya.one(), with(form, "grant_type", "password")), 400, "unsupported_grant_type");
        for (String field : List.of("grant_type", "code", "redirect_uri")) {
            assertThatItIs(Plane.token(kriya.one(), with(form, field, "")), 400, "invalid_request");
        }
        assertThat(kriya.post("/oauth/token", "{\"grant_type\": \"authorization_code\"}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(kriya.post("/oauth/token", "x".repeat(70_000)).statusCode()).isEqualTo(413);
        assertThat(kriya.one().get("/oauth/token").statusCode()).isEqualTo(405);
        assertThat(kriya.one().get("/api/v4/groups").statusCode()).isEqualTo(404);
        assertThat(Plane.form(kriya.one(), "/oauth/token/", form).head())
                .containsIgnoringCase("cache-control: no-store");
    }

    @Test
    void guessingTheSecretOfTheClientIsLimitedForWhoeverGuesses() throws Exception {
        String code = Plane.codeFor(kriya, number(), "Ada");
        String guesser = Deployment.address();
        var wrong = with(Plane.exchange(code), "client_secret", SECRET + "x");
        List<Answer> answers =
                atOnce(30, i -> Plane.token(kriya.replicas.get(i % 2), wrong, "X-Forwarded-For", guesser));
        assertThat(answers).extracting(Answer::status).containsOnly(401, 429);
        assertThat(answers).filteredOn(answer -> answer.status() == 401).hasSizeLessThanOrEqualTo(10);
        var again = Plane.token(kriya.one(), wrong, "X-Forwarded-For", guesser);
        assertThat(again.status()).isEqualTo(429);
        assertThat(again.head()).containsIgnoringCase("retry-after:");
        assertThat(again.json().getString("error")).isEqualTo("temporarily_unavailable");
        assertThat(again.json().getString("error_description"))
                .isEqualTo(again.json().getString("detail"))
                .isNotBlank();
        // Whoever shares an address with Plane does not lock it out.
        var right = Plane.exchange(Plane.codeFor(kriya, number(), "Ada"));
        assertThat(Plane.token(kriya.two(), right, "X-Forwarded-For", guesser).status())
                .isEqualTo(200);
        assertThat(kriya.one().metric("kriya_limited_total{limit=\"client_secret\"}")
                        + kriya.two().metric("kriya_limited_total{limit=\"client_secret\"}"))
                .isGreaterThanOrEqualTo(20);
        assertThat(exchange(code).status()).isEqualTo(200);
        for (int i = 0; i < 25; i++) {
            assertThatItIs(exchange("kriya_ac_none"), 400, "invalid_grant");
        }
    }

    @Test
    void anAccessTokenIsGoodForOneThingAndALoginTokenForTheOthers() {
        String number = number();
        String access = Plane.tokenFor(kriya, number, "Ada");
        String login = kriya.tokenOf(number);
        assertThat(access).matches("kriya_at_[A-Za-z0-9_-]{43}");
        assertThat(kriya.one().letsIn(login)).isTrue();
        assertThat(kriya.one().letsIn(access)).isFalse();
        assertThat(kriya.one().get("/api/auth/user?token=" + access).statusCode())
                .isEqualTo(401);
        assertThat(kriya.one().get("/api/auth/user?token=" + login).statusCode())
                .isEqualTo(200);
        assertThat(Plane.user(kriya.one(), login).status()).isEqualTo(401);
        assertThat(Plane.user(kriya.one(), login).head())
                .containsIgnoringCase("www-authenticate: Bearer error=\"invalid_token\"");
        assertThat(Plane.user(kriya.one(), access).status()).isEqualTo(200);
        assertThat(kriya.one().get("/api/v4/user?token=" + access).statusCode()).isEqualTo(401);
        assertThat(kriya.one().get("/api/v4/user?access_token=" + access).statusCode())
                .isEqualTo(401);
        assertThat(Plane.user(kriya.one(), Plane.codeFor(kriya, number, null)).status())
                .isEqualTo(401);

        kriya.database.execute("update grants set token_expires_at = now() where token_hash is not null");
        assertThat(Plane.user(kriya.one(), access).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v4/user", "/api/v4/user?access_token=kriya_at_x", "/api/auth/sessions"})
    void withoutATokenNoErrorOfATokenIsNamed(String path) {
        var answer = kriya.one().get(path);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
        assertThat(Deployment.json(answer).getString("code")).isEqualTo("invalid_token");
    }

    @Test
    void whoeverLosesTheirNumberLosesWhatTheyHadGranted() {
        String number = number();
        String access = Plane.tokenFor(kriya, number, "Ada");
        String waiting = Plane.codeFor(kriya, number, null);
        String before = idOf(number);
        kriya.database.execute(
                "update users set last_login_at = now() - interval '400 days' where phone_number = '" + number + "'");
        String next = Plane.tokenFor(kriya, number, "Eve");
        assertThat(Plane.user(kriya.one(), access).status()).isEqualTo(401);
        assertThatItIs(exchange(waiting), 400, "invalid_grant");
        assertThat(Plane.user(kriya.one(), next).json().getString("id")).isNotEqualTo(before);
        assertThat(Plane.user(kriya.one(), next).json().getString("name")).isEqualTo("Eve");
    }

    @Test
    void aRevokedAccessTokenIsGoodNoMore() {
        String number = number();
        String access = Plane.tokenFor(kriya, number, "Ada");
        String login = kriya.tokenOf(number);
        var form = new LinkedHashMap<>(Map.of("client_id", ID, "client_secret", SECRET, "token", access));
        assertThatItIs(
                Plane.form(kriya.one(), "/oauth/revoke", with(form, "client_secret", "wrong")), 401, "invalid_client");
        assertThat(Plane.user(kriya.one(), access).status()).isEqualTo(200);
        var revoked = Plane.form(kriya.one(), "/oauth/revoke", form);
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.body()).isEqualTo("{}");
        assertThat(revoked.head()).containsIgnoringCase("content-type: application/json");
        assertThat(Plane.user(kriya.two(), access).status()).isEqualTo(401);
        assertThat(Plane.form(kriya.one(), "/oauth/revoke", form).status()).isEqualTo(200);
        assertThat(Plane.form(kriya.one(), "/oauth/revoke", with(form, "token", login))
                        .status())
                .isEqualTo(200);
        assertThat(kriya.one().letsIn(login)).isTrue();
        assertThatItIs(Plane.form(kriya.one(), "/oauth/revoke", with(form, "token", "")), 400, "invalid_request");
    }

    @Test
    void gatewaysAreToldWhatATokenIsWorth() {
        String number = number();
        String access = Plane.tokenFor(kriya, number, "Ada");
        String login = kriya.tokenOf(number);
        var form = Map.of("client_id", ID, "client_secret", SECRET, "token", access);
        var asClient = Plane.form(kriya.one(), "/oauth/introspect", form).json().getMap("");
        assertThat(asClient)
                .containsOnlyKeys("active", "sub", "username", "token_type", "exp", "client_id", "aud", "scope")
                .containsEntry("active", true)
                .containsEntry("sub", idOf(number))
                .containsEntry("token_type", "Bearer")
                .containsEntry("client_id", ID)
                .containsEntry("aud", "https://plane.example.com/kriya/api/v4/user")
                .containsEntry("scope", "read_user");
        var asGateway = Plane.form(kriya.two(), "/oauth/introspect", Map.of("token", login), "X-API-Key", Api.KEY);
        assertThat(asGateway.status()).isEqualTo(200);
        assertThat(asGateway.json().getMap(""))
                .containsOnlyKeys("active", "sub", "username", "token_type", "exp", "aud", "scope")
                .containsEntry("sub", idOf(number))
                .containsEntry("token_type", "Bearer")
                .containsEntry("aud", "https://plane.example.com/kriya")
                .containsEntry("scope", "login");
        assertThat(asGateway.json().getLong("exp"))
                .isEqualTo(Long.parseLong(kriya.database.query(
                        "select floor(extract(epoch from expires_at))::bigint from tokens where user_id = '"
                                + idOf(number) + "'")));
        assertThat(Plane.form(kriya.two(), "/oauth/introspect", Map.of("token", access), "X-API-Key", Api.KEY)
                        .body())
                .isEqualTo("{\"active\":false}");

        for (String token : List.of("x", "kriya_at_" + "A".repeat(43), "kriya_00000000-0000-4000-8000-000000000000")) {
            assertThat(Plane.form(kriya.one(), "/oauth/introspect", Map.of("token", token), "X-API-Key", Api.KEY)
                            .body())
                    .isEqualTo("{\"active\":false}");
        }
        kriya.one()
                .send(kriya.one()
                        .request("/api/auth/logout?token=" + login)
                        .DELETE()
                        .build());
        assertThat(Plane.form(kriya.one(), "/oauth/introspect", Map.of("token", login), "X-API-Key", Api.KEY)
                        .body())
                .isEqualTo("{\"active\":false}");
        assertThatItIs(Plane.form(kriya.one(), "/oauth/introspect", Map.of("token", login)), 401, "invalid_client");
        assertThatItIs(
                Plane.form(
                        kriya.one(), "/oauth/introspect", Map.of("token", login), "X-API-Key", "wrong-key-of-16-chars"),
                401,
                "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/oauth-authorization-server",
                "/kriya/.well-known/oauth-authorization-server",
                "/.well-known/oauth-authorization-server/kriya"
            })
    void clientsFindEverythingAtThePublicUrl(String path) {
        var metadata = Deployment.json(kriya.one().get(path));
        assertThat(metadata.getString("issuer")).isEqualTo("https://plane.example.com/kriya");
        assertThat(metadata.getString("authorization_endpoint"))
                .isEqualTo("https://plane.example.com/kriya/oauth/authorize");
        assertThat(metadata.getString("token_endpoint")).isEqualTo("https://plane.example.com/kriya/oauth/token");
        assertThat(metadata.getString("introspection_endpoint"))
                .isEqualTo("https://plane.example.com/kriya/oauth/introspect");
        assertThat(metadata.getString("revocation_endpoint")).isEqualTo("https://plane.example.com/kriya/oauth/revoke");
        assertThat(metadata.getList("code_challenge_methods_supported")).isEqualTo(List.of("S256"));
        assertThat(metadata.<String>getList("ui_locales_supported")).hasSize(11).contains("en", "zh");
        assertThat(metadata.getList("response_types_supported")).isEqualTo(List.of("code"));
        assertThat(metadata.getList("scopes_supported")).isEqualTo(List.of("read_user"));
        assertThat(metadata.getBoolean("authorization_response_iss_parameter_supported"))
                .isTrue();
    }

    @Test
    void belowAPathItWorksWhetherTheProxyPassesThePathOnOrNot() {
        String number = number();
        var kept = new Person(kriya, "/kriya")
                .open(Plane.query(Plane.state()))
                .submit("", "phone_number", number)
                .submit("/code", "code", kriya.codeOf(number))
                .submit("/name", "name", "Ada");
        var token = Plane.form(kriya.one(), "/kriya/oauth/token", Plane.exchange(kept.given("code")));
        assertThat(token.status()).isEqualTo(200);
        // As it is for a proxy that drops it, links and cookies still name it.
        var dropped = new Person(kriya).open(Plane.query(Plane.state()));
        assertThat(dropped.page()).contains("action=\"/kriya/oauth/authorize?", "href=\"/kriya/oauth/assets/login.css");
        assertThat(kriya.one().get("/kriya/oauth/assets/login.css").statusCode())
                .isEqualTo(200);
        assertThat(kriya.one().get("/kriya/health").statusCode()).isEqualTo(404);
        assertThat(kriya.one().get("/kriya/api/auth/user?token=x").statusCode()).isEqualTo(404);
        assertThat(kriya.one().metrics()).doesNotContain("uri=\"/kriya");
    }

    @Test
    void nobodyGivesThemselvesAnAddressThatKriyaVouchesFor() {
        for (String email :
                List.of("x@people.example.com", "X@PEOPLE.example.com", "x@kriya.local", "x@a.people.example.com")) {
            assertThat(kriya.post(
                                    "/api/auth/register",
                                    "{\"phone_number\": \"%s\", \"email\": \"%s\"}".formatted(number(), email))
                            .statusCode())
                    .as(email)
                    .isEqualTo(422);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " Not an address ",
                "",
                "Ada@example.com",
                "ada@example",
                "a b@example.com",
                "taken@example.com",
                ".a@example.com",
                "a..b@example.com",
                "a@example..com",
                "a@-example.com",
                "a@b.c",
                "a@example.1",
                "é@example.com"
            })
    void whatIsNoAddressOfOnePersonIsNotProven(String email) {
        Plane.tokenFor(kriya, number(), "Ada");
        kriya.database.execute("update users set verified_email = 'taken@example.com' where id = (select id from users"
                + " where not exists (select 1 from users where verified_email = 'taken@example.com') limit 1)");
        String number = number();
        Plane.tokenFor(kriya, number, "Ada");
        assertThatThrownBy(() -> kriya.database.execute(
                        "update users set verified_email = '%s' where phone_number = '%s'".formatted(email, number)))
                .rootCause()
                .message()
                .containsAnyOf("constraint \"users_verified_email_check\"", "constraint \"ix_users_verified_email\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"o'brien@example.com", "a&b@example.com", "a@xn--bcher-kva.example", "a@example.xn--p1ai"})
    void anAddressThatUsersMayGiveMayBeProven(String email) {
        String number = number();
        Plane.tokenFor(kriya, number, "Ada");
        kriya.database.execute("update users set verified_email = '%s' where phone_number = '%s'"
                .formatted(email.replace("'", "''"), number));
        assertThat(kriya.database.query("select verified_email from users where phone_number = '" + number + "'"))
                .isEqualTo(email);
    }

    @Test
    void grantsGoWithTheirPerson() {
        String number = number();
        Plane.tokenFor(kriya, number, "Ada");
        kriya.database.execute("delete from users where phone_number = '" + number + "'");
        assertThat(kriya.database.count(
                        "select count(*) from grants g left join users u on u.id = g.user_id where u.id is null"))
                .isZero();
    }

    @Test
    void secretsAreInNoLogNoMetricAndNoTable() {
        String code = Plane.codeFor(kriya, number(), "Ada");
        String token = exchange(code).json().getString("access_token");
        Plane.user(kriya.one(), token);
        Plane.user(kriya.one(), token + "x");
        exchange(code);
        for (var replica : kriya.replicas) {
            assertThat(replica.log() + replica.metrics()).doesNotContain(code, token, SECRET, PREVIOUS_SECRET);
            assertThat(replica.log()).doesNotContain("WARN", "ERROR");
        }
        assertThat(kriya.database.query("select string_agg(cast(g as text), '') from grants g"))
                .contains("plane")
                .doesNotContain(code, token)
                .doesNotContain(hex(code), hex(token));
        assertThat(kriya.one().metric("kriya_oauth_total{endpoint=\"token\",result=\"ok\"}")
                        + kriya.two().metric("kriya_oauth_total{endpoint=\"token\",result=\"ok\"}"))
                .isPositive();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(US_ASCII));
    }
}
