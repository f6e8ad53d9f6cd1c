package io.kriya.oauth;

import static io.kriya.Deployment.number;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.loginpage.Person;
import io.kriya.oauth.Plane.Answer;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What clients other than Plane send, to the byte, with every setting on that one of them needs. Where a client was read and not
 * run, its project, commit and file are named.
 */
class OtherClientsIT {

    /** With every character that a form or a URL reserves. */
    private static final String SECRET = "a+secret%2Bof&32=characters:/?#[]@!$'()*,;%zz+";

    private static final String OLD_GATEWAY_SECRET = "the-secret-that-gateways-had-before-32";

    private static final String GATEWAY_SECRET = "the+secret%of-the-gateway-32-characters";

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        var settings = new LinkedHashMap<>(Api.CLIENT);
        settings.put("OAUTH_CLIENT_SECRET", SECRET);
        settings.put("INTROSPECTION_CLIENT_ID", "gateway");
        settings.put("INTROSPECTION_CLIENT_SECRET", GATEWAY_SECRET);
        settings.put("INTROSPECTION_CLIENT_SECRET_PREVIOUS", OLD_GATEWAY_SECRET);
        settings.put("OAUTH_ALLOW_STATELESS", "1");
        settings.put("OAUTH_TOKEN_IN_QUERY", "1");
        settings.put("GITLAB_NUMERIC_ID", "1");
        settings.put("OAUTH_EMAIL_LOCAL", "handle");
        kriya = Deployment.start(2, settings);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** As {@code ngx.escape_uri} and {@code encodeURIComponent} do. */
    private static String percentEncoded(String text) {
        return encoded(text).replace("+", "%20");
    }

    private static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8));
    }

    private static Map<String, String> exchange(String code) {
        var form = Plane.exchange(code);
        form.remove("client_id");
        form.remove("client_secret");
        return form;
    }

    private static String newCode() {
        return Plane.codeFor(kriya, number(), "Ada");
    }

    private static Answer introspect(String token, String... headers) {
        return Plane.form(kriya.one(), "/oauth/introspect", Map.of("token", token), headers);
    }

    private static void assertThatItIs(Answer answer, int status, String error) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().getString("error")).isEqualTo(error);
    }

    @Test
    void aSecretWithReservedCharactersIsAcceptedFormEncodedAndAsItIs() {
        for (String secret : List.of(SECRET, encoded(SECRET), percentEncoded(SECRET))) {
            var answer = Plane.token(kriya.one(), exchange(newCode()), "Authorization", basic(Plane.ID, secret));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
        var form = exchange(newCode());
        form.put("client_id", Plane.ID);
        form.put("client_secret", SECRET);
        assertThat(Plane.token(kriya.one(), form).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a+secret+of&32=characters:/?#[]@!$'()*,;%zz+", "a secret%2Bof&32=characters:/?#[]@!$'()*,;%zz "
            })
    void noOtherReadingOfTheSecretIsAccepted(String secret) {
        assertThatItIs(
                Plane.token(kriya.one(), exchange("kriya_ac_none"), "Authorization", basic(Plane.ID, secret)),
                401,
                "invalid_client");
    }

    /**
     * By header and form, as lua-resty-openidc introspects (zmartzone/lua-resty-openidc, 4702769,
     * lib/resty/openidc.lua), and with it APISIX.
     */
    private static Answer asLuaRestyOpenIdc(KriyaProcess replica, String token, String secretInForm) {
        String body = "client_secret=" + percentEncoded(secretInForm) + "&token=" + token + "&client_id=gateway";
        return Plane.send(
                replica,
                "POST /oauth/introspect HTTP/1.1\r\nHost: 127.0.0.1:" + replica.port()
                        + "\r\nUser-Agent: lua-resty-http/0.17.2 (Lua) ngx_lua/10028\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\nAuthorization: "
                        + basic("gateway", percentEncoded(GATEWAY_SECRET)) + "\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body);
    }

    @ParameterizedTest
    @ValueSource(strings = {GATEWAY_SECRET, OLD_GATEWAY_SECRET})
    void aGatewayIntrospectsByItsSecretAndByTheOneBefore(String secret) {
        String token = kriya.tokenOf(number());
        assertThat(introspect(token, "Authorization", basic("gateway", secret))
                        .json()
                        .getBoolean("active"))
                .isTrue();
    }

    @Test
    void aGatewayIntrospectsByHeaderAndFormAtOnce() {
        String number = number();
        String login = kriya.tokenOf(number);
        for (KriyaProcess replica : kriya.replicas) {
            var answer = asLuaRestyOpenIdc(replica, login, GATEWAY_SECRET);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().getMap(""))
                    .containsEntry("active", true)
                    .containsEntry("token_type", "Bearer")
                    .containsEntry("scope", "login")
                    .containsEntry("aud", "https://login.example.com")
                    .doesNotContainKey("client_id");
        }
        assertThatItIs(asLuaRestyOpenIdc(kriya.one(), login, GATEWAY_SECRET + "x"), 400, "invalid_request");
    }

    @Test
    void aGatewayIntrospectsByItsOwnCredentialsAndNoneOfOthers() {
        String login = kriya.tokenOf(number());
        assertThat(introspect(login, "Authorization", basic("gateway", GATEWAY_SECRET))
                        .json()
                        .getBoolean("active"))
                .isTrue();
        var form = Map.of("token", login, "client_id", "gateway", "client_secret", GATEWAY_SECRET);
        assertThat(Plane.form(kriya.one(), "/oauth/introspect", form).json().getBoolean("active"))
                .isTrue();
        for (String mixed : List.of(basic("gateway", SECRET), basic(Plane.ID, GATEWAY_SECRET))) {
            assertThatItIs(introspect(login, "Authorization", mixed), 401, "invalid_client");
        }
        var refused = introspect(login);
        assertThatItIs(refused, 401, "invalid_client");
        assertThat(refused.head()).containsIgnoringCase("www-authenticate: Basic");
    }

    @Test
    void anAccessTokenIsActiveForTheClientThatItWasIssuedToAlone() {
        var token = Plane.token(kriya.one(), exchange(newCode()), "Authorization", basic(Plane.ID, SECRET))
                .json()
                .getString("access_token");
        var own = introspect(token, "Authorization", basic(Plane.ID, SECRET));
        assertThat(own.json().getMap(""))
                .containsEntry("active", true)
                .containsEntry("client_id", Plane.ID)
                .containsEntry("token_type", "Bearer")
                .containsEntry("scope", "read_user")
                .containsEntry("aud", "https://login.example.com/api/v4/user");
        for (var other : List.of(
                introspect(token, "Authorization", basic("gateway", GATEWAY_SECRET)),
                introspect(token, "X-API-Key", Api.KEY))) {
            assertThat(other.status()).isEqualTo(200);
            assertThat(other.body()).isEqualTo("{\"active\":false}");
        }
    }

    @Test
    void aGatewayMayNeitherExchangeCodesNorRevokeTokens() {
        String code = newCode();
        String gateway = basic("gateway", GATEWAY_SECRET);
        assertThatItIs(Plane.token(kriya.one(), exchange(code), "Authorization", gateway), 400, "unauthorized_client");
        var token = Plane.token(kriya.one(), exchange(code), "Authorization", basic(Plane.ID, SECRET))
                .json()
                .getString("access_token");
        assertThatItIs(
                Plane.form(kriya.one(), "/oauth/revoke", Map.of("token", token), "Authorization", gateway),
                400,
                "unauthorized_client");
        assertThat(Plane.user(kriya.one(), token).status()).isEqualTo(200);
    }

    /**
     * By neither state nor PKCE, as passport-gitlab2 redirects by default, and with it Wiki.js (requarks/wiki, 10cc2ef,
     * server/modules/authentication/gitlab/authentication.js) and HedgeDoc (hedgedoc/hedgedoc, 136d895,
     * lib/web/auth/gitlab/index.js).
     */
    private static String asPassportGitLab() {
        return "response_type=code&redirect_uri=" + percentEncoded(Api.CALLBACK) + "&scope=read_user&client_id="
                + Plane.ID;
    }

    @Test
    void withNeitherStateNorChallengeAClientGetsInWhereThatIsAllowed() {
        var person = back(asPassportGitLab(), number());
        assertThat(person.sentBackTo()).doesNotContain("state=");
        String body = "grant_type=authorization_code&redirect_uri=" + percentEncoded(Api.CALLBACK) + "&client_id="
                + Plane.ID + "&client_secret=" + percentEncoded(SECRET) + "&code=" + person.given("code");
        var token = Plane.send(
                kriya.one(),
                "POST /oauth/token HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nHost: 127.0.0.1:"
                        + kriya.one().port() + "\r\nUser-Agent: Node-oauth\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body);
        assertThat(token.status()).as(token.body()).isEqualTo(200);
        var user = Plane.user(kriya.one(), token.json().getString("access_token"));
        assertThat(user.json().getString("name")).isEqualTo("Ada");
    }

    /** As Auth.js 0.41 redirects by default: by PKCE without state. */
    @Test
    void withAChallengeAndNoStateAClientGetsInByBasic() {
        var person = back(
                "scope=read_user&response_type=code&client_id=plane&redirect_uri=" + percentEncoded(Api.CALLBACK)
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
                number());
        assertThat(person.sentBackTo()).doesNotContain("state=");
        String body = "code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk&redirect_uri=" + encoded(Api.CALLBACK)
                + "&code=" + person.given("code") + "&grant_type=authorization_code";
        var token = Plane.send(
                kriya.two(),
                "POST /oauth/token HTTP/1.1\r\nhost: 127.0.0.1:" + kriya.two().port()
                        + "\r\nconnection: keep-alive\r\naccept: application/json\r\nauthorization: "
                        + basic(Plane.ID, encoded(SECRET))
                        + "\r\ncontent-type: application/x-www-form-urlencoded;charset=UTF-8\r\n"
                        + "user-agent: oauth4webapi/v3.8.1\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
        assertThat(token.status()).as(token.body()).isEqualTo(200);
    }

    /**
     * With the token in the query, as python-social-auth asks for the user, and django-allauth (pennersr/django-allauth,
     * 04b8ecd, allauth/socialaccount/providers/gitlab/views.py).
     */
    private static Answer asPythonSocialAuth(KriyaProcess replica, String path, String token) {
        return Plane.send(
                replica,
                "GET " + path + "?access_token=" + token + " HTTP/1.1\r\nHost: 127.0.0.1:" + replica.port()
                        + "\r\nUser-Agent: social-auth-4.5.4\r\nAccept-Encoding: gzip, deflate\r\nAccept: */*\r\n"
                        + "Connection: keep-alive\r\n\r\n");
    }

    private static String newToken(String number) {
        var form = exchange(Plane.codeFor(kriya, number, "Ada"));
        return Plane.token(kriya.one(), form, "Authorization", basic(Plane.ID, SECRET))
                .json()
                .getString("access_token");
    }

    @Test
    void aTokenInTheQueryIsTakenAndNeverLoggedNorCached() {
        String token = newToken(number());
        for (KriyaProcess replica : kriya.replicas) {
            var user = asPythonSocialAuth(replica, "/api/v4/user", token);
            assertThat(user.status()).as(user.body()).isEqualTo(200);
            assertThat(user.json().getString("name")).isEqualTo("Ada");
            assertThat(user.head())
                    .containsIgnoringCase("cache-control: no-store")
                    .containsIgnoringCase("pragma: no-cache");
            var refused = asPythonSocialAuth(replica, "/api/v4/user", token + "x");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.head())
                    .containsIgnoringCase("www-authenticate: Bearer error=\"invalid_token\"")
                    .containsIgnoringCase("cache-control: no-store");
            assertThat(replica.log() + replica.metrics()).doesNotContain(token);
        }
        // Neither a login token, nor a name of the parameter that other routes have.
        String login = kriya.tokenOf(number());
        assertThat(asPythonSocialAuth(kriya.one(), "/api/v4/user", login).status())
                .isEqualTo(401);
        assertThat(kriya.one().get("/api/v4/user?token=" + token).statusCode()).isEqualTo(401);
    }

    /** Logs a new user in by this authorization request; what the client is given. */
    private static Person back(String request, String number) {
        return new Person(kriya)
                .open(request)
                .submit("", "phone_number", number)
                .submit("/code", "code", kriya.codeOf(number))
                .submit("/name", "name", "Ada");
    }

    /** As Go's url.QueryEscape does. */
    private static String escaped(String text) {
        return encoded(text).replace("*", "%2A").replace("%7E", "~");
    }

    /** As Go's OAuth library (golang/oauth2, 03cc33e, internal/token.go), with any parameters besides. */
    private static String tokenAsGo(String code, String verifier) {
        String body =
                "code=" + code + verifier + "&grant_type=authorization_code&redirect_uri=" + escaped(Api.CALLBACK);
        var token = Plane.send(
                kriya.one(),
                "POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1:" + kriya.one().port()
                        + "\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: " + body.length()
                        + "\r\nAuthorization: " + basic(Plane.ID, escaped(SECRET))
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nAccept-Encoding: gzip\r\n\r\n"
                        + body);
        assertThat(token.status()).as(token.body()).isEqualTo(200);
        return token.json().getString("access_token");
    }

    /** As goth does (markbates/goth, 2b38cff, providers/gitlab/gitlab.go). */
    @Test
    void gothLogsAUserInWithoutAScopeAndWithTheTokenInTheQuery() {
        String request =
                "client_id=plane&redirect_uri=" + escaped(Api.CALLBACK) + "&response_type=code&state=c3RhdGU%3D";
        String token = tokenAsGo(back(request, number()).given("code"), "");
        var user = Plane.send(
                kriya.two(),
                "GET /api/v4/user?access_token=" + token + " HTTP/1.1\r\nHost: 127.0.0.1:"
                        + kriya.two().port()
                        + "\r\nUser-Agent: Go-http-client/1.1\r\nAccept-Encoding: gzip\r\n\r\n");
        assertThat(user.json().getLong("id")).isPositive();
        assertThat(user.json().getString("name")).isEqualTo("Ada");
    }

    /** As Grafana does (grafana/grafana, 0351fba, pkg/login/social/connectors/gitlab_oauth.go), with PKCE. */
    @Test
    void grafanaLogsAnActiveAndConfirmedUserInWhoIsInNoGroup() {
        String request = "client_id=plane&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
                + "&code_challenge_method=S256&redirect_uri=" + escaped(Api.CALLBACK)
                + "&response_type=code&scope=read_user&state=0123abcd";
        String token = tokenAsGo(
                back(request, number()).given("code"), "&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        var user = asGo(kriya.two(), "/api/v4/user", token).json();
        assertThat(user.getLong("id")).isPositive();
        assertThat(user.getString("state")).isEqualTo("active");
        assertThat(user.getString("confirmed_at")).isNotEmpty();
        assertThat(asGo(kriya.two(), "/api/v4/groups?min_access_level=10&page=1&per_page=50", token)
                        .body())
                .isEqualTo("[]");
    }

    /**
     * As Mattermost does (mattermost/mattermost, 014000d, server/channels/app/oauth.go), whose state is JSON in base64,
     * and whose GET has a content type.
     */
    @Test
    void mattermostLogsAUserInByTheSecretInTheForm() {
        String state = Base64.getEncoder().encodeToString("{\"action\":\"login\",\"token\":\"a>b?\"}".getBytes(UTF_8));
        var person = back(
                "response_type=code&client_id=plane&redirect_uri=" + escaped(Api.CALLBACK) + "&state=" + escaped(state),
                number());
        assertThat(person.given("state")).isEqualTo(state);
        String body = "client_id=plane&client_secret=" + escaped(SECRET) + "&code=" + person.given("code")
                + "&grant_type=authorization_code&redirect_uri=" + escaped(Api.CALLBACK);
        var token = Plane.send(
                kriya.one(),
                "POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1:" + kriya.one().port()
                        + "\r\nUser-Agent: Go-http-client/1.1\r\nContent-Length: " + body.length()
                        + "\r\nAccept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Accept-Encoding: gzip\r\n\r\n" + body);
        assertThat(token.json().getString("token_type")).isEqualToIgnoringCase("bearer");
        var user = Plane.send(
                kriya.two(),
                "GET /api/v4/user HTTP/1.1\r\nHost: 127.0.0.1:" + kriya.two().port()
                        + "\r\nUser-Agent: Go-http-client/1.1\r\nAccept: application/json\r\nAuthorization: Bearer "
                        + token.json().getString("access_token")
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nAccept-Encoding: gzip\r\n\r\n");
        assertThat(user.status()).as(user.body()).isEqualTo(200);
        assertThat(user.json().getLong("id")).isPositive();
        assertThat(user.json().getString("email")).endsWith("@kriya.local");
    }

    private static String idOf(String number) {
        return kriya.database.query("select id from users where phone_number = '" + number + "'");
    }

    /** As goth, Mattermost and Grafana ask; they decode an integer of 64 bits. */
    private static Answer asGo(KriyaProcess replica, String path, String token) {
        return Plane.send(
                replica,
                "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + replica.port()
                        + "\r\nUser-Agent: Go-http-client/1.1\r\nAuthorization: Bearer " + token
                        + "\r\nAccept-Encoding: gzip\r\n\r\n");
    }

    @Test
    void theUserHasANumberThatStaysAndWhatGitLabSaysOfUsers() {
        String number = number();
        String token = newToken(number);
        var user = asGo(kriya.one(), "/api/v4/user", token);
        assertThat(user.body()).matches("\\{\"id\":[1-9][0-9]{0,15},.*");
        long id = user.json().getLong("id");
        assertThat(id).isBetween(1L, (1L << 53) - 1);
        assertThat(user.json().getMap(""))
                .containsOnlyKeys(
                        "id",
                        "sub",
                        "username",
                        "email",
                        "name",
                        "family_name",
                        "avatar_url",
                        "state",
                        "confirmed_at",
                        "web_url")
                .containsEntry("sub", idOf(number))
                .containsEntry("state", "active")
                .containsEntry("web_url", "https://login.example.com");
        assertThat(user.json().getString("confirmed_at")).endsWith("Z");
        assertThat(asGo(kriya.two(), "/api/v4/user", newToken(number)).json().getLong("id"))
                .isEqualTo(id);
        assertThat(asGo(kriya.two(), "/api/v4/user", newToken(number())).json().getLong("id"))
                .isNotEqualTo(id);
    }

    @Test
    void aUserOfTheVersionBeforeGetsANumberAndAHandleWhenTheyAreNeeded() {
        String number = number();
        kriya.tokenOf(number);
        assertThat(kriya.database.count("select count(*) from users where phone_number = '" + number
                        + "' and numeric_id is null and handle is null"))
                .isEqualTo(1);
        var user = asGo(kriya.one(), "/api/v4/user", newToken(number)).json();
        assertThat(kriya.database.query(
                        "select numeric_id || ' ' || handle from users where phone_number = '" + number + "'"))
                .isEqualTo(user.getLong("id") + " " + user.getString("username"));
    }

    @Test
    void ofRequestsAtOnceAllAreToldOneNumberAndOneHandle() throws Exception {
        for (int round = 0; round < 5; round++) {
            String token = newToken(number());
            var users = new ConcurrentLinkedQueue<String>();
            Deployment.atOnce(8, i -> {
                var user = kriya.replicas
                        .get(i % 2)
                        .send(kriya.replicas
                                .get(i % 2)
                                .request("/api/v4/user")
                                .header("Authorization", "Bearer " + token)
                                .build());
                users.add(user.body());
                return user;
            });
            assertThat(users).hasSize(8);
            assertThat(Set.copyOf(users)).singleElement().asString().contains("\"username\":\"ada-");
        }
    }

    @Test
    void theGroupsOfAUserAreNone() {
        String token = newToken(number());
        String query = "/api/v4/groups?min_access_level=10&page=1&per_page=50";
        var groups = asGo(kriya.one(), query, token);
        assertThat(groups.status()).isEqualTo(200);
        assertThat(groups.body()).isEqualTo("[]");
        assertThat(groups.head())
                .containsIgnoringCase("content-type: application/json")
                .containsIgnoringCase("cache-control: no-store");
        assertThat(asPythonSocialAuth(kriya.one(), "/api/v4/groups", token).status())
                .isEqualTo(200);
        assertThat(asGo(kriya.one(), query, token + "x").status()).isEqualTo(401);
        var without = kriya.one().get(query);
        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(without.headers().allValues("WWW-Authenticate")).containsExactly("Bearer");
        assertThat(kriya.one()
                        .send(kriya.one().request("/api/v4/groups").DELETE().build())
                        .headers()
                        .firstValue("Allow"))
                .hasValue("GET, HEAD, OPTIONS");
        assertThat(kriya.one().metrics()).contains("uri=\"/api/v4/groups\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ada | ada",
                "Ada Lovelace | ada-lovelace",
                "Åsa Müßig-Østergård | asa-mussig-ostergard",
                "O'Brien | obrien",
                "  J. R. R. Tolkien | j-r-r-tolkien",
                "R2D2 12025550100 | rd",
                "阿達 | user",
                "अदा | user",
                "42 | user",
                "Ａｄａ | ada",
                "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void theHandleIsMadeOfTheNameAndStandsBeforeTheAt(String name, String handle) {
        String number = number();
        var form = exchange(Plane.codeFor(kriya, number, name));
        String token = Plane.token(kriya.one(), form, "Authorization", basic(Plane.ID, SECRET))
                .json()
                .getString("access_token");
        var user = asGo(kriya.one(), "/api/v4/user", token).json();
        assertThat(user.getString("username")).matches(handle + "-[b-z2-9]{8}");
        assertThat(user.getString("email")).isEqualTo(user.getString("username") + "@kriya.local");
    }

    @Test
    void inPlaceOfAHandleThatAnotherUserHasTheUserGetsOneMore() {
        kriya.database.execute("""
                create sequence tries;
                create function take() returns trigger language plpgsql as $$
                begin
                    if nextval('tries') <= 2 then
                        raise unique_violation using constraint = 'ix_users_handle';
                    end if;
                    return new;
                end
                $$;
                create trigger users_take before update of handle on users for each row execute function take()""");
        try {
            var user = asGo(kriya.one(), "/api/v4/user", newToken(number()));
            assertThat(user.status()).as(user.body()).isEqualTo(200);
            assertThat(user.json().getString("username")).startsWith("ada-");
            assertThat(kriya.database.query("select last_value from tries")).isEqualTo("3");
        } finally {
            kriya.database.execute("drop trigger users_take on users; drop function take(); drop sequence tries");
        }
    }

    @Test
    void noTwoUsersHaveOneNumberOrOneHandle() {
        String one = number();
        String other = number();
        asGo(kriya.one(), "/api/v4/user", newToken(one));
        asGo(kriya.one(), "/api/v4/user", newToken(other));
        for (String alias : List.of("numeric_id", "handle")) {
            String copy = "update users set %1$s = (select %1$s from users where phone_number = '%2$s')"
                    + " where phone_number = '%3$s'";
            assertThatThrownBy(() -> kriya.database.execute(copy.formatted(alias, one, other)))
                    .hasStackTraceContaining("ix_users_" + alias);
        }
    }

    @Test
    void whatWasLostWithTheDatabaseIsGivenAgainToNobodyElse() {
        String number = number();
        String token = newToken(number);
        var before = asGo(kriya.one(), "/api/v4/user", token).json();
        kriya.database.execute(
                "update users set numeric_id = null, handle = null where phone_number = '" + number + "'");
        var other = asGo(kriya.one(), "/api/v4/user", newToken(number())).json();
        assertThat(other.getLong("id")).isNotEqualTo(before.getLong("id"));
        var after = asGo(kriya.one(), "/api/v4/user", token).json();
        assertThat(after.getLong("id")).isEqualTo(before.getLong("id"));
        assertThat(after.getString("username")).isEqualTo(before.getString("username"));
    }

    @ParameterizedTest
    @CsvSource({
        "GITLAB_NUMERIC_ID, 1, [0-9]+, [0-9a-f-]{36}",
        "OAUTH_EMAIL_LOCAL, handle, [0-9a-f-]{36}, ada-[b-z2-9]{8}"
    })
    void eitherAliasIsGivenWithoutTheOther(String setting, String value, String id, String username) {
        var settings = new LinkedHashMap<>(Api.CLIENT);
        settings.put(setting, value);
        try (var kriya = Deployment.start(1, settings)) {
            var user = Plane.user(kriya.one(), Plane.tokenFor(kriya, number(), "Ada"))
                    .json();
            assertThat(user.getString("id")).matches(id);
            assertThat(user.getString("username")).matches(username);
            assertThat(user.getString("email")).isEqualTo(user.getString("username") + "@kriya.local");
        }
    }

    @Test
    void theHandleStaysWhenTheNameChanges() {
        String number = number();
        String token = newToken(number);
        String handle = asGo(kriya.one(), "/api/v4/user", token).json().getString("username");
        kriya.database.execute(
                "update users set first_name = 'Grace', last_name = 'Hopper' where phone_number = '" + number + "'");
        var user = asGo(kriya.two(), "/api/v4/user", token).json();
        assertThat(user.getString("name")).isEqualTo("Grace");
        assertThat(user.getString("username")).isEqualTo(handle).startsWith("ada-");
    }

    @Test
    void aVerifiedAddressIsGivenInPlaceOfTheHandle() {
        String number = number();
        String token = newToken(number);
        String verified = "ada-%s@example.com".formatted(number.substring(1));
        kriya.database.execute(
                "update users set verified_email = '%s' where phone_number = '%s'".formatted(verified, number));
        var user = asGo(kriya.one(), "/api/v4/user", token).json();
        assertThat(user.getString("email")).isEqualTo(verified);
        assertThat(user.getString("username")).startsWith("ada-");
    }

    @Test
    void usersAreExportedWithTheirNumberAndTheirHandle() {
        String number = number();
        String login = kriya.tokenOf(number);
        var user = asGo(kriya.one(), "/api/v4/user", newToken(number)).json();
        var export = asGo(kriya.one(), "/api/auth/user/export", login).json();
        assertThat(export.getLong("user.numeric_id")).isEqualTo(user.getLong("id"));
        assertThat(export.getString("user.handle")).isEqualTo(user.getString("username"));
    }

    @Test
    void aTokenInTheHeaderWinsOverTheQuery() {
        String token = newToken(number());
        var user = Plane.send(
                kriya.one(),
                "GET /api/v4/user?access_token=x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        assertThat(user.status()).isEqualTo(200);
    }

    @Test
    void secretsAreInNoLogAndNoError() {
        for (var answer : List.of(
                introspect("x", "Authorization", basic("gateway", GATEWAY_SECRET + "x")),
                asLuaRestyOpenIdc(kriya.one(), "x", SECRET))) {
            assertThat(answer.head() + answer.body()).doesNotContain(GATEWAY_SECRET, SECRET);
        }
        for (KriyaProcess replica : kriya.replicas) {
            assertThat(replica.log() + replica.metrics())
                    .doesNotContain(GATEWAY_SECRET, SECRET, percentEncoded(GATEWAY_SECRET), encoded(SECRET));
        }
    }
}
