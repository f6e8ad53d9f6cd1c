package io.kriya.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.http.ApiDocument.Operation;
import io.kriya.http.connection.BodyLimit;
import io.kriya.http.connection.RawConnection;
import io.kriya.http.connection.RawConnection.Answer;
import java.io.IOException;
import java.net.SocketException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is sent to Kriya, its answer is as it describes itself, and the connection is good for the next request or
 * closed. {@code -Dkriya.fuzz.requests} makes it a long run, {@code -Dkriya.fuzz.seed} one that was before.
 */
class FuzzIT {

    private static final int REQUESTS = Integer.getInteger("kriya.fuzz.requests", 300);
    private static final long SEED = Long.getLong("kriya.fuzz.seed", System.nanoTime());
    private static final int MOST_FAULTS = 20;

    private static final String GRANT = """
            insert into grants
                (id, code_hash, user_id, client_id, redirect_uri, created_at, expires_at, token_hash, token_expires_at)
            select gen_random_uuid(), sha256('%s'), id, 'plane', 'CALLBACK', now(), now() + interval '1 minute', %s, %s
            from users limit 1""".replace("CALLBACK", Api.CALLBACK);

    /** One in so many has nothing wrong. */
    private static final int VALID = 3;

    @ParameterizedTest
    @ValueSource(strings = {"none", "sms"})
    void everyAnswerIsAsDescribed(String verification) throws Exception {
        System.out.println("Fuzzing with -Dkriya.fuzz.seed=" + SEED + ", PHONE_VERIFICATION=" + verification);
        try (var deployment = Deployment.start(1, settings(verification))) {
            var run = new Run(deployment, verification.equals("sms"));
            run.all();
            System.out.println("Answered: " + run.statuses);
            assertThat(run.faults).as("with -Dkriya.fuzz.seed=" + SEED).isEmpty();
            assertThat(deployment.one().log()).doesNotContain("A request failed", "Exception");
            // It went further than to the first check.
            assertThat(run.statuses).containsAll(run.successes());
            assertThat(run.statuses).hasSizeGreaterThan(25);
        }
    }

    private static Map<String, String> settings(String verification) {
        var settings = new HashMap<>(Api.CLIENT);
        settings.put("PHONE_VERIFICATION", verification);
        settings.put("ALLOWED_ORIGINS", "https://plane.example.com");
        // Either form of a user is seen, in one of the runs.
        settings.put("GITLAB_NUMERIC_ID", Boolean.toString(verification.equals("sms")));
        settings.put("OAUTH_EMAIL_LOCAL", verification.equals("sms") ? "handle" : "id");
        for (String limit : List.of(
                "NUMBER",
                "NUMBER_ADDRESS",
                "ADDRESS",
                "ADDRESS_DAY",
                "COUNTRY",
                "TOTAL",
                "WRONG_CODES",
                "ADDRESS_WRONG_CODES",
                "TOTAL_WRONG_CODES")) {
            settings.put("SMS_LIMIT_" + limit, "1000000/1h");
        }
        return settings;
    }

    private static final class Run {

        private final Deployment deployment;
        private final KriyaProcess kriya;
        private final boolean verifies;
        private final ApiDocument document;
        private final List<Operation> operations;
        private final List<String> faults = new ArrayList<>();
        private final Set<String> statuses = new TreeSet<>();
        private final World world;
        private RawConnection connection;

        private Run(Deployment deployment, boolean verifies) throws Exception {
            this.deployment = deployment;
            this.verifies = verifies;
            kriya = deployment.one();
            document = new ApiDocument(kriya.get("/openapi.json").body());
            operations = document.operations();
            world = new World(deployment, verifies);
        }

        private void all() throws Exception {
            for (int i = 0; i < REQUESTS && faults.size() < MOST_FAULTS; i++) {
                // Each by itself, so that one alone can be sent again.
                var random = new Random(SEED + i * 1_000_003L);
                world.random = random;
                var fuzzer = new Fuzzer(random.nextLong(), document, world);
                Operation operation = operations.get(random.nextInt(operations.size()));
                String id = "fuzz-" + i;
                boolean isValid = random.nextInt(VALID) == 0;
                send(isValid ? fuzzer.valid(operation, id) : fuzzer.mutated(operation, id), isValid);
            }
            if (connection != null) {
                connection.close();
            }
            world.close();
        }

        private void send(Draft draft, boolean isValid) throws Exception {
            if (connection == null) {
                connection = new RawConnection(kriya.port());
            }
            Answer answer = answerTo(draft);
            if (draft.method.equals("DELETE")) {
                world.renewNext();
            }
            Optional<String> fault = faultOf(draft, answer, isValid);
            if (fault.isEmpty() && isOver(draft, answer) && !connection.isClosed()) {
                fault = Optional.of("the connection is still open");
            } else if (fault.isEmpty() && draft.isMalformed && !isOver(draft, answer) && !isUsableOrClosed()) {
                fault = Optional.of("the connection is neither usable nor closed");
            }
            if (fault.isPresent()) {
                faults.add(fault.get() + "\n  " + draft + "\n  " + answer);
            }
            if (fault.isPresent() || draft.isMalformed || isOver(draft, answer)) {
                connection.close();
                connection = null;
            }
        }

        private Answer answerTo(Draft draft) throws IOException {
            try {
                connection.send(draft.bytes());
                if (draft.cut > 0) {
                    connection.shutdownOutput();
                }
            } catch (SocketException closedWhileSending) {
                // It may have been answered before.
            }
            try {
                return connection.read(!draft.method.equals("HEAD"));
            } catch (SocketException reset) {
                return null;
            }
        }

        /** After what is no HTTP, which is answered without a word of what comes next. */
        private boolean isUsableOrClosed() throws IOException {
            try {
                Answer next = connection
                        .send("GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                        .read();
                return next == null || next.status() == 200;
            } catch (SocketException closed) {
                return true;
            }
        }

        private static boolean isOver(Draft draft, Answer answer) {
            return answer == null || draft.cut > 0 || answer.closes();
        }

        private Optional<String> faultOf(Draft draft, Answer answer, boolean isValid) {
            if (answer == null) {
                boolean mayClose = draft.cut > 0 || draft.bytes().length > BodyLimit.BYTES;
                return mayClose ? Optional.empty() : Optional.of("there is no answer");
            }
            int status = answer.status();
            if (status >= 500) {
                return Optional.of("a fault of Kriya");
            }
            if (isValid
                    && status >= 300
                    && (verifies || !draft.path.matches("/api/auth/verify.*|.*/phone-number/code|/api/v4/groups"))) {
                return Optional.of("what is valid is refused");
            }
            String id = answer.headers().getOrDefault("x-request-id", "none");
            // The head of one that is malformed may not have been read so far.
            if (!id.equals(draft.id) && !draft.isMalformed) {
                return Optional.of("it is the answer to another request");
            }
            if (!answer.headers().keySet().containsAll(List.of("date", "cache-control", "x-content-type-options"))) {
                return Optional.of("a header of every answer is missing");
            }
            return draft.isOfOperation ? faultOf(draft, answer) : faultOfOther(draft, answer);
        }

        private Optional<String> faultOf(Draft draft, Answer answer) {
            statuses.add(draft.operation.id() + " " + answer.status());
            return document.faultOf(draft.operation, answer);
        }

        /** Another method, or another path: it may be that of another operation. */
        private Optional<String> faultOfOther(Draft draft, Answer answer) {
            if (draft.method.equals("OPTIONS") && answer.status() == 200) {
                return missing(answer, "allow");
            }
            if (draft.method.equals("HEAD")) {
                return Optional.empty();
            }
            return switch (answer.status()) {
                case 400 -> document.faultOf("bad_request", answer);
                case 404 -> document.faultOf("not_found", answer);
                case 405 -> document.faultOf("method_not_allowed", answer).or(() -> missing(answer, "allow"));
                default -> document.faultOf(answering(draft), answer);
            };
        }

        /** Another operation may have the path of this one, and the method that it was changed to. */
        private Operation answering(Draft draft) {
            return operations.stream()
                    .filter(other -> other.path().equals(draft.operation.path())
                            && other.method().equals(draft.method))
                    .findFirst()
                    .orElse(draft.operation);
        }

        private static Optional<String> missing(Answer answer, String header) {
            return answer.headers().containsKey(header) ? Optional.empty() : Optional.of(header + " is missing");
        }

        /** One of each operation, but where a setting takes it away. */
        private List<String> successes() {
            var successes = new ArrayList<String>();
            for (Operation operation : operations) {
                String status =
                        switch (operation.id()) {
                            case "register" -> verifies ? "202" : "200";
                            case "resend", "sendNumberCode" -> verifies ? "202" : "404";
                            case "verify", "gitLabGroups" -> verifies ? "200" : "404";
                            default -> "200";
                        };
                successes.add(operation.id() + " " + status);
            }
            return successes;
        }
    }

    /** People, their codes and tokens. */
    private static final class World implements Fuzzer.World, AutoCloseable {

        /** How often a token is used before another is made. */
        private static final int USES = 50;

        private final Deployment deployment;
        private final boolean verifies;
        private final Connection database;
        private Random random;
        private String token;
        private String accessToken;
        private int uses;
        private int numbers;

        /** Of the user that was made last. */
        private String number;

        private World(Deployment deployment, boolean verifies) throws SQLException {
            this.deployment = deployment;
            this.verifies = verifies;
            database = deployment.database.connect();
        }

        /** One that nobody has used: who asks twice has to wait. */
        private String number() {
            return "+1202" + (2_000_000 + numbers++);
        }

        @Override
        public String token(Operation operation) {
            renew();
            return switch (operation.id()) {
                case "logout", "endSession", "endOtherSessions", "eraseUser" -> newToken();
                default -> token;
            };
        }

        @Override
        public String session() {
            return deployment.database.query("select id from tokens order by created_at desc limit 1");
        }

        private String newToken() {
            number = number();
            return verifies
                    ? deployment.tokenOf(number)
                    : KriyaProcess.tokenOf(deployment.one().register(number));
        }

        @Override
        public String accessToken(Operation operation) {
            renew();
            return operation.id().equals("revoke") ? newAccessToken() : accessToken;
        }

        /** After a user may have been erased. */
        private void renewNext() {
            uses = 0;
        }

        private void renew() {
            if (uses++ % USES == 0) {
                token = newToken();
                accessToken = newAccessToken();
            }
        }

        /** As the login page and the exchange would have it. */
        private String newAccessToken() {
            String secret = "kriya_at_" + secret();
            execute(GRANT.formatted(
                    "the code of " + secret, "sha256('" + secret + "')", "now() + interval '10 minutes'"));
            return secret;
        }

        /** As the login page would have it. */
        private String newCode() {
            renew();
            String secret = "kriya_ac_" + secret();
            execute(GRANT.formatted(secret, "null", "null"));
            return secret;
        }

        private String secret() {
            return Long.toHexString(random.nextLong() | Long.MIN_VALUE) + "a".repeat(27);
        }

        private void execute(String sql) {
            try (var statement = database.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        @Override
        public Map<String, String> fieldsOf(Operation operation) {
            return switch (operation.id()) {
                case "register", "sendNumberCode" -> Map.of("phone_number", number());
                case "verify", "changePhoneNumber" -> verification(number(), true);
                case "eraseUser" -> verification(number, true);
                case "resend" -> verification(number(), false);
                case "updateUser" -> Map.of();
                case "validateToken" -> Map.of("token", token(operation));
                case "introspect" -> Map.of("token", random.nextBoolean() ? token(operation) : accessToken(operation));
                case "revoke" -> Map.of("token", accessToken(operation));
                case "accessToken" ->
                    Map.of("grant_type", "authorization_code", "code", newCode(), "redirect_uri", Api.CALLBACK);
                default -> throw new IllegalStateException(operation.id());
            };
        }

        private Map<String, String> verification(String number, boolean withCode) {
            String id = "a".repeat(32);
            String code = "123456";
            if (verifies) {
                deployment.coolDown();
                id = Deployment.id(deployment.register(number));
                code = deployment.codeOf(number);
                // The wait is over, for all that asks for messages.
                deployment.coolDown();
                execute("update challenges set resend_at = now() - interval '1 second' where phone_number = '" + number
                        + "'");
            }
            return withCode
                    ? Map.of("verification_id", id, "code", code, "phone_number", number())
                    : Map.of("verification_id", id);
        }

        @Override
        public void close() throws SQLException {
            database.close();
        }
    }
}
