package io.kriya;

import io.kriya.sms.FakeGateway;
import io.kriya.sms.FakeGateway.Received;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** Two replicas that verify phones, on one database, and the gateway that their messages go to. */
public final class Deployment implements AutoCloseable {

    public static final String SECRET_KEY = "a-secret-key-of-the-tests-of-32-characters";

    /** A token, or the secret of a verification; a person's id is longer. */
    private static final Pattern SECRET =
            Pattern.compile("\"(?:(?:device_)?token|id)\":\"(kriya_[^\"]+|[A-Za-z0-9_-]{32})\"");

    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    public final TestPostgres.Database database;
    public final FakeGateway gateway = FakeGateway.start();
    public final List<KriyaProcess> replicas = new ArrayList<>();

    /** Every token and secret that was answered. */
    public final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /** Requests come from 127.0.0.1, a proxy that Kriya trusts. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Deployment(TestPostgres.Database database) {
        this.database = database;
    }

    public static Deployment start(int count, Map<String, String> settings) {
        return start(TestPostgres.database(), count, settings);
    }

    public static Deployment start(TestPostgres.Database database, int count, Map<String, String> settings) {
        var deployment = new Deployment(database);
        try {
            for (int i = 0; i < count; i++) {
                var environment = deployment.environment();
                environment.putAll(settings);
                deployment.replicas.add(KriyaProcess.launch(environment));
            }
            deployment.replicas.forEach(KriyaProcess::awaitAnswer);
        } catch (RuntimeException failed) {
            deployment.close();
            throw failed;
        }
        return deployment;
    }

    public Map<String, String> environment() {
        var environment = KriyaProcess.environment(database);
        environment.putAll(gateway.webhook());
        environment.put("PHONE_VERIFICATION", "sms");
        environment.put("SMS_COUNTRIES", "*");
        environment.put("SECRET_KEY", SECRET_KEY);
        environment.put("PROOF_OF_WORK", "never");
        environment.put("TRUSTED_PROXIES", "127.0.0.1");
        // The machine that the tests run on may be slow; that is not what they look for.
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        return environment;
    }

    public KriyaProcess one() {
        return replicas.getFirst();
    }

    public KriyaProcess two() {
        return replicas.getLast();
    }

    /** A mobile number that nobody has used. */
    public static String number() {
        return "+1202" + ThreadLocalRandom.current().nextInt(2_000_000, 10_000_000);
    }

    /** An address that nobody has used. */
    public static String address() {
        var random = ThreadLocalRandom.current();
        return "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    /** From an address that nobody has used, to the one replica or the other. */
    public HttpResponse<String> post(String path, String json, String... headers) {
        KriyaProcess replica = replicas.get(ThreadLocalRandom.current().nextInt(replicas.size()));
        return postTo(replica, path, json, headers);
    }

    public HttpResponse<String> postTo(KriyaProcess replica, String path, String json, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + replica.port() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        if (!List.of(headers).contains("X-Forwarded-For")) {
            request.header("X-Forwarded-For", address());
        }
        return send(client, request.build());
    }

    /** Past the proxy. */
    public HttpResponse<String> postFrom(String peer, String path, String json, String... headers) throws IOException {
        try (var stranger = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName(peer))
                .build()) {
            return send(
                    stranger,
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + one().port() + path))
                            .header("Content-Type", "application/json")
                            .headers(headers)
                            .POST(BodyPublishers.ofString(json))
                            .build());
        }
    }

    private HttpResponse<String> send(HttpClient client, HttpRequest request) {
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            SECRET.matcher(answer.body()).results().map(match -> match.group(1)).forEach(secrets::add);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> register(String number, String... headers) {
        return post("/api/auth/register", "{\"phone_number\": \"%s\"}".formatted(number), headers);
    }

    public HttpResponse<String> registerAs(String number, String firstName, String... headers) {
        return post(
                "/api/auth/register",
                "{\"phone_number\": \"%s\", \"first_name\": \"%s\"}".formatted(number, firstName),
                headers);
    }

    public HttpResponse<String> registerOn(String device, String number, String... headers) {
        return post(
                "/api/auth/register",
                "{\"phone_number\": \"%s\", \"device_token\": \"%s\"}".formatted(number, device),
                headers);
    }

    public HttpResponse<String> verifyOn(String device, String id, String code, String... headers) {
        return post(
                "/api/auth/verify",
                "{\"verification_id\": \"%s\", \"code\": \"%s\", \"device_token\": \"%s\"}".formatted(id, code, device),
                headers);
    }

    public HttpResponse<String> verify(String id, String code, String... headers) {
        return post("/api/auth/verify", verification(id, code), headers);
    }

    public static String verification(String id, String code) {
        return "{\"verification_id\": \"%s\", \"code\": \"%s\"}".formatted(id, code);
    }

    public HttpResponse<String> resend(String id, String... headers) {
        return post("/api/auth/verify/resend", "{\"verification_id\": \"%s\"}".formatted(id), headers);
    }

    /** Registers and verifies; the token of the device. */
    public String deviceOf(String number) {
        coolDown();
        String id = id(registerAs(number, "Ada"));
        return json(verify(id, codeOf(number))).getString("device_token");
    }

    /** Time passes: whatever the database keeps the time of becomes so much older. */
    public void pass(Duration time) {
        database.execute("""
                update limits set paid_at = paid_at - interval '%1$s';
                update cooldowns set expires_at = expires_at - interval '%1$s',
                    sent_at = array(select at - interval '%1$s' from unnest(sent_at) with ordinality t (at, n) order by n);
                update challenges set created_at = created_at - interval '%1$s', expires_at = expires_at - interval '%1$s',
                    resend_at = resend_at - interval '%1$s';
                update devices set last_used_at = last_used_at - interval '%1$s', expires_at = expires_at - interval '%1$s';
                update notices set released_at = released_at - interval '%1$s', new_device_at = new_device_at - interval '%1$s',
                    wrong_codes_at = wrong_codes_at - interval '%1$s', told_at = told_at - interval '%1$s',
                    expires_at = expires_at - interval '%1$s'""".formatted(time));
    }

    /** Messages may be sent at once to numbers that have just got one. */
    public void coolDown() {
        database.execute("delete from cooldowns");
    }

    /** Registers and verifies; the token. */
    public String tokenOf(String number) {
        coolDown();
        String id = id(registerAs(number, "Ada"));
        return json(verify(id, codeOf(number))).getString("token");
    }

    /** The code that was last sent to a number. */
    public String codeOf(String number) {
        return gateway.received().reversed().stream()
                .filter(message -> message.to().equals(number))
                .map(Deployment::codeIn)
                .findFirst()
                .orElseThrow();
    }

    public static String codeIn(Received message) {
        var code = CODE.matcher(message.text());
        if (!code.find()) {
            throw new IllegalStateException("No code in " + message.text());
        }
        return code.group();
    }

    public long messagesTo(String number) {
        return gateway.received().stream()
                .filter(message -> message.to().equals(number))
                .count();
    }

    /** Another code of six digits. */
    public static String wrong(String code) {
        return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
    }

    public static String id(HttpResponse<String> registered) {
        return json(registered).getString("verification.id");
    }

    public static JsonPath json(HttpResponse<String> response) {
        return JsonPath.from(response.body());
    }

    /** The status of each of so many requests that start at once. */
    public static List<Integer> atOnce(int count, IntFunction<HttpResponse<String>> request) throws Exception {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int index = i;
                Callable<Integer> task = () -> {
                    start.await();
                    return request.apply(index).statusCode();
                };
                answers.add(threads.submit(task));
            }
            start.countDown();
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : answers) {
                statuses.add(answer.get());
            }
            return statuses;
        }
    }

    @Override
    public void close() {
        replicas.forEach(KriyaProcess::close);
        gateway.close();
        client.close();
    }
}
