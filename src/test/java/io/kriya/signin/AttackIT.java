package io.kriya.signin;

import static io.kriya.Deployment.atOnce;
import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static io.kriya.Deployment.wrong;
import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.sms.FakeGateway.Behaviour;
import io.kriya.sms.FakeGateway.Received;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How phone login is attacked in the field, against two replicas on one database. */
class AttackIT {

    /** Half of a limit may come at once. */
    private static final int BURST = 10;

    @AutoClose
    private static Deployment kriya;

    private static HttpServer collector;
    private static final Queue<byte[]> SPANS = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void twoReplicasRun() throws Exception {
        collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            SPANS.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        kriya = Deployment.start(
                2,
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                                "http://127.0.0.1:" + collector.getAddress().getPort(),
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                        "SMS_LIMIT_NUMBER", "20/24h",
                        "SMS_LIMIT_WRONG_CODES", "20/24h",
                        "SMS_LIMIT_ADDRESS", "20/1h",
                        "SMS_LIMIT_ADDRESS_DAY", "60/24h",
                        "SMS_LIMIT_ADDRESS_WRONG_CODES", "20/24h",
                        "DEBUG", "true"));
    }

    @AfterAll
    static void nothingSecretWasLoggedOrCounted() {
        try {
            // Null where the start failed.
            if (kriya != null) {
                assertThatNothingSecretShows();
            }
        } finally {
            collector.stop(0);
        }
    }

    private static void assertThatNothingSecretShows() {
        await("the spans").until(() -> spans().contains("POST /api/auth/verify"));
        String log = kriya.replicas.stream().map(KriyaProcess::log).collect(Collectors.joining());
        String metrics = kriya.replicas.stream().map(KriyaProcess::metrics).collect(Collectors.joining());
        String shown = log + metrics + spans();
        assertThat(shown).contains("POST /api/auth/verify 401");
        List<Received> messages = kriya.gateway.received();
        assertThat(messages).hasSizeGreaterThan(20);
        // A metric's value may be any number.
        Set<String> words =
                Set.copyOf(List.of((log + spans() + metrics.replaceAll("(?m) [^ ]+$", "")).split("[^0-9A-Za-z_+-]+")));
        for (Received message : messages) {
            assertThat(shown.contains(message.to().substring(1)))
                    .as("a number in the log, the metrics or the traces")
                    .isFalse();
            String code = Deployment.codeIn(message);
            assertThat(words.contains(code))
                    .as("a code in the log, the metrics or the traces")
                    .isFalse();
        }
        assertThat(kriya.secrets)
                .anyMatch(secret -> secret.startsWith("kriya_"))
                .hasSizeGreaterThan(100);
        var secrets = new HashSet<>(kriya.secrets);
        secrets.addAll(KEYS);
        for (String secret : secrets) {
            assertThat(shown.contains(secret))
                    .as("a secret in the log, the metrics or the traces")
                    .isFalse();
        }
        assertThat(shown).doesNotContain(Deployment.SECRET_KEY, "whsec_");
    }

    /** All that was received, byte for byte, so that text can be looked for. */
    private static String spans() {
        return SPANS.stream()
                .map(body -> new String(body, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
    }

    /** Those of requests that may be repeated. */
    private static final Set<String> KEYS = Collections.synchronizedSet(new HashSet<>());

    private static String begin(String number) {
        kriya.coolDown();
        var answer = kriya.registerAs(number, "Ada");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return id(answer);
    }

    @Test
    void ofAThousandWrongCodesAtOnceFromAThousandAddressesFiveAreCompared() throws Exception {
        String number = number();
        String id = begin(number);
        String code = kriya.codeOf(number);
        var statuses =
                atOnce(1000, i -> kriya.verify(id, "%06d".formatted(i).equals(code) ? "999999" : "%06d".formatted(i)));
        assertThat(statuses).hasSize(1000).doesNotContain(200, 500);
        assertThat(Collections.frequency(statuses, 401)).isEqualTo(5);
        assertThat(kriya.database.count("select attempts from challenges where phone_number = '" + number + "'"))
                .isEqualTo(5);
        assertThat(kriya.verify(id, code).statusCode()).isEqualTo(410);
    }

    @Test
    void ofFiftyRightCodesAtOnceOneGetsAToken() throws Exception {
        String number = number();
        String id = begin(number);
        String code = kriya.codeOf(number);
        var statuses = atOnce(50, _ -> kriya.verify(id, code));
        assertThat(Collections.frequency(statuses, 200)).as("%s", statuses).isEqualTo(1);
        assertThat(statuses).containsOnly(200, 410);
        assertThat(kriya.database.count(
                        "select count(*) from tokens t join users u on u.id = t.user_id where u.phone_number = '"
                                + number + "'"))
                .isEqualTo(1);
    }

    @Test
    void ofTheRightCodesOfSeveralChallengesAtOnceOneGetsAToken() throws Exception {
        for (int round = 0; round < 5; round++) {
            String number = number();
            var ids = new ArrayList<String>();
            var codes = new ArrayList<String>();
            for (int challenge = 0; challenge < 4; challenge++) {
                ids.add(begin(number));
                codes.add(kriya.codeOf(number));
            }
            var statuses = atOnce(4, i -> kriya.verify(ids.get(i), codes.get(i)));
            assertThat(statuses).containsExactlyInAnyOrder(200, 401, 401, 401);
        }
    }

    @Test
    void manyChallengesOfOneNumberGiveNoMoreGuessesButTheFirstOfEach() {
        String number = number();
        var compared = new ArrayList<Integer>();
        for (int challenge = 0; challenge < 5; challenge++) {
            String id = begin(number);
            String code = kriya.codeOf(number);
            var statuses = IntStream.range(0, 5)
                    .mapToObj(_ -> kriya.verify(id, wrong(code)).statusCode())
                    .toList();
            assertThat(statuses).startsWith(401).doesNotContain(429);
            compared.add(Collections.frequency(statuses, 401));
            if (challenge == 4) {
                assertThat(kriya.verify(id, code).statusCode()).isEqualTo(410);
            }
        }
        assertThat(compared).containsExactly(5, 5, 1, 1, 1);
        assertThat(kriya.verify(begin(number), kriya.codeOf(number)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theRightCodeForgetsTheWrongOnes() {
        String number = number();
        for (int login = 0; login < 4; login++) {
            String id = begin(number);
            String code = kriya.codeOf(number);
            for (int i = 0; i < 4; i++) {
                assertThat(kriya.verify(id, wrong(code)).statusCode()).isEqualTo(401);
            }
            assertThat(kriya.verify(id, code).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aThousandAddressesOfOneNetworkAreOneAddress() throws Exception {
        String network = "2001:db8:%x:%x:".formatted((int) (Math.random() * 0xffff), (int) (Math.random() * 0xffff));
        var statuses = atOnce(
                1000,
                i -> kriya.register(number(), "X-Forwarded-For", network + "%x:%x:1:2".formatted(i / 250, i % 250)));
        assertThat(statuses).containsOnly(202, 429);
        assertThat(Collections.frequency(statuses, 202)).isEqualTo(BURST);
    }

    @Test
    void twoHundredNetworksOfOneSiteAreOneAddressOfTheDay() throws Exception {
        String site = "2001:db8:%x:".formatted((int) (Math.random() * 0xffff));
        var statuses = atOnce(200, i -> kriya.register(number(), "X-Forwarded-For", site + "%x:1:2:3:4".formatted(i)));
        assertThat(statuses).containsOnly(202, 429);
        assertThat(Collections.frequency(statuses, 202)).isEqualTo(3 * BURST);
    }

    @Test
    void aNumberSpeltInTwentyWaysIsOneNumber() {
        String digits = number().substring(2);
        String area = digits.substring(0, 3);
        String middle = digits.substring(3, 6);
        String end = digits.substring(6);
        var spellings = new ArrayList<>(List.of(
                "+1" + digits,
                "+1 " + digits,
                "+1-" + digits,
                "+1." + digits,
                "+1 (" + area + ") " + middle + "-" + end,
                "+1 (" + area + ") " + middle + " " + end,
                "+1(" + area + ")" + middle + end,
                "+1 " + area + " " + middle + " " + end,
                "+1-" + area + "-" + middle + "-" + end,
                "+1." + area + "." + middle + "." + end,
                "+1 " + area + "." + middle + "." + end,
                "+1 " + area + "-" + middle + "." + end,
                " +1" + digits,
                "+1" + digits + " ",
                "+ 1" + digits,
                "(+1)" + digits));
        for (char zero : new char[] {'٠', '०', '０', '০'}) {
            var typed = new StringBuilder("+");
            ("1" + digits).chars().forEach(digit -> typed.append((char) (digit - '0' + zero)));
            spellings.add(typed.toString());
        }
        assertThat(spellings).hasSize(20);
        assertThat(spellings)
                .allMatch(spelling -> kriya.register(spelling).statusCode() == 202)
                .allMatch(spelling -> kriya.messagesTo("+1" + digits) == 1);
    }

    @Test
    void nobodyButTheProxyNamesTheAddress() throws Exception {
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 2 * BURST; i++) {
            statuses.add(kriya.postFrom(
                            "127.0.0.2",
                            "/api/auth/register",
                            "{\"phone_number\": \"%s\"}".formatted(number()),
                            "X-Forwarded-For",
                            Deployment.address(),
                            "Forwarded",
                            "for=" + Deployment.address())
                    .statusCode());
        }
        assertThat(Collections.frequency(statuses, 202)).isEqualTo(BURST);
    }

    @Test
    void whatAClientWroteBeforeTheProxyIsNotBelieved() {
        String client = Deployment.address();
        var statuses = IntStream.range(0, 2 * BURST)
                .mapToObj(_ -> kriya.register(number(), "X-Forwarded-For", Deployment.address() + ", " + client)
                        .statusCode())
                .toList();
        assertThat(Collections.frequency(statuses, 202)).isEqualTo(BURST);
    }

    @Test
    void theNumberIsThatOfTheChallengeWhateverComesWithTheCode() {
        String number = number();
        String victim = number();
        String token = kriya.tokenOf(victim);
        String id = begin(number);
        var answer = kriya.post(
                "/api/auth/verify",
                "{\"verification_id\": \"%s\", \"code\": \"%s\", \"phone_number\": \"%s\"}"
                        .formatted(id, kriya.codeOf(number), victim));
        assertThat(json(answer).getString("user.phone_number")).isEqualTo(number);
        assertThat(kriya.one().validate(token).body()).contains(victim);
    }

    @Test
    void aCodeOpensItsOwnChallengeAlone() {
        String number = number();
        String mine = begin(number);
        String mineCode = kriya.codeOf(number);
        String other = begin(number());
        assertThat(kriya.verify(other, mineCode).statusCode()).isEqualTo(401);
        // Of the same number, too: a code read in a gateway's log is worth nothing to whoever asks anew.
        String again = begin(number);
        String againCode = kriya.codeOf(number);
        assertThat(kriya.verify(again, mineCode).statusCode()).isEqualTo(mineCode.equals(againCode) ? 200 : 401);
        assertThat(kriya.verify(mine, mineCode).statusCode()).isEqualTo(200);
        assertThat(kriya.verify(mine, mineCode).statusCode()).isEqualTo(410);
    }

    @Test
    void aRequestThatIsRepeatedForEverNeverGetsAnOldCodeAgain() {
        String number = number();
        String key = UUID.randomUUID().toString();
        KEYS.add(key);
        String id = id(kriya.register(number, "Idempotency-Key", key));
        String code = kriya.codeOf(number);
        kriya.database.execute("delete from challenges where phone_number = '" + number + "'");
        kriya.coolDown();

        String again = id(kriya.register(number, "Idempotency-Key", key));
        assertThat(again).isEqualTo(id);
        assertThat(kriya.codeOf(number)).isNotEqualTo(code);
        assertThat(kriya.verify(again, code).statusCode()).isEqualTo(401);
    }

    @Test
    void whoeverGuessesForManyNumbersIsLimited() {
        String address = Deployment.address();
        var firsts = new ArrayList<Integer>();
        var seconds = new ArrayList<Integer>();
        for (int i = 0; i < 2 * BURST; i++) {
            String number = number();
            String id = begin(number);
            String guess = wrong(kriya.codeOf(number));
            firsts.add(kriya.verify(id, guess, "X-Forwarded-For", address).statusCode());
            seconds.add(kriya.verify(id, guess, "X-Forwarded-For", address).statusCode());
        }
        assertThat(firsts).containsOnly(401);
        assertThat(Collections.frequency(seconds, 401)).as("%s", seconds).isEqualTo(BURST);
        // A login of the attacker's own earns no further guess.
        String number = number();
        String own = begin(number);
        assertThat(kriya.verify(own, kriya.codeOf(number), "X-Forwarded-For", address)
                        .statusCode())
                .isEqualTo(200);
        String id = begin(number());
        assertThat(kriya.verify(id, "000000", "X-Forwarded-For", address).statusCode())
                .isEqualTo(401);
        assertThat(kriya.verify(id, "000000", "X-Forwarded-For", address).statusCode())
                .isEqualTo(410);
    }

    @Test
    void usersWhoLogInUseUpNothingOfTheirAddress() {
        String address = Deployment.address();
        for (int i = 0; i < 4 * BURST; i++) {
            String number = number();
            String id = id(kriya.register(number, "X-Forwarded-For", address));
            assertThat(kriya.post(
                                    "/api/auth/verify",
                                    "{\"verification_id\": \"%s\", \"code\": \"%s\", \"first_name\": \"Ada\"}"
                                            .formatted(id, kriya.codeOf(number)),
                                    "X-Forwarded-For",
                                    address)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoeverAsksInVainIsLimitedToo() {
        String address = Deployment.address();
        kriya.gateway.respondWith(Behaviour.REJECTED);
        try {
            List<Integer> statuses = IntStream.range(0, 2 * BURST)
                    .mapToObj(_ ->
                            kriya.register(number(), "X-Forwarded-For", address).statusCode())
                    .toList();
            assertThat(Collections.frequency(statuses, 503)).isEqualTo(BURST);
            assertThat(Collections.frequency(statuses, 429)).isEqualTo(BURST);
        } finally {
            kriya.gateway.respondWith(Behaviour.SUCCESS);
        }
    }

    @Test
    void aCopyOfTheDatabaseHoldsNeitherCodesNorSecrets() {
        String number = number();
        String id = begin(number);
        String row = kriya.database.query("select c::text from challenges c where phone_number = '" + number + "'");
        assertThat(row).contains(number).doesNotContain(id);
        assertThat(row.split("[^0-9]+")).doesNotContain(kriya.codeOf(number));
    }

    @Test
    void theLimitsShowNeitherNumbersNorAddresses() {
        String number = number();
        String address = Deployment.address();
        String id = id(kriya.register(number, "X-Forwarded-For", address));
        kriya.verify(id, wrong(kriya.codeOf(number)), "X-Forwarded-For", address);
        assertThat(kriya.database.query("select string_agg(name, ' ') from limits"))
                .contains("number ", "address ")
                .doesNotContain(number.substring(1), address);
    }

    @Test
    void aKnownNumberIsAnsweredAsAnUnknownOneIs() {
        String known = number();
        kriya.tokenOf(known);
        kriya.coolDown();
        var answers = List.of(kriya.register(known), kriya.register(number()));
        assertThat(answers).allMatch(answer -> answer.statusCode() == 202);
        assertThat(answers.getFirst().headers().map().keySet())
                .isEqualTo(answers.getLast().headers().map().keySet());
        assertThat(json(answers.getFirst()).getMap("verification").keySet())
                .isEqualTo(json(answers.getLast()).getMap("verification").keySet());
        // Of each, two messages so far.
        String unknown = number();
        kriya.register(unknown);
        kriya.coolDown();
        kriya.register(unknown);
        assertThat(statuses(known)).contains(202, 429).isEqualTo(statuses(unknown));
    }

    private static List<Integer> statuses(String number) {
        String address = Deployment.address();
        return IntStream.range(0, 15)
                .mapToObj(_ -> {
                    kriya.coolDown();
                    return kriya.register(number, "X-Forwarded-For", address).statusCode();
                })
                .toList();
    }
}
