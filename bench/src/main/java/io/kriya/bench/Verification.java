package io.kriya.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Codes to verify: challenges of users, each by a client with an address of its own, and the gateway that gets the messages. */
final class Verification implements AutoCloseable {

    static final int NUMBERS = 4_000;

    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int CLIENTS = 32;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicLong addresses = new AtomicLong();
    private final ConcurrentLinkedQueue<String> challenges = new ConcurrentLinkedQueue<>();
    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final HttpServer gateway;

    Verification() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        gateway.createContext("/", this::receive);
        gateway.start();
    }

    private void receive(HttpExchange message) throws IOException {
        try (message) {
            JsonNode body = JSON.readTree(message.getRequestBody());
            var code = CODE.matcher(body.at("/text").asText());
            code.find();
            codes.put(body.at("/to").asText(), code.group());
            message.sendResponseHeaders(204, -1);
        }
    }

    private static String number(int index) {
        return "+1" + (Tables.VERIFIED + index);
    }

    /** With them nothing limits the numbers. */
    Map<String, String> settings() {
        var settings = new HashMap<>(Map.of(
                "PHONE_VERIFICATION", "sms",
                "SMS_COUNTRIES", "US",
                "SMS_SENDERS", "webhook",
                "SMS_WEBHOOK_URL", "http://127.0.0.1:" + gateway.getAddress().getPort() + "/",
                "SMS_WEBHOOK_SECRET", "whsec_a2V5IG9mIHRoZSBiZW5jaG1hcmssIG5vIHNlY3JldA==",
                "SECRET_KEY", "a-key-of-the-benchmark-that-is-no-secret",
                "PROOF_OF_WORK", "never",
                "TRUSTED_PROXIES", "127.0.0.1"));
        for (String limit : List.of("NUMBER", "NUMBER_ADDRESS", "ADDRESS", "ADDRESS_DAY", "COUNTRY", "TOTAL")) {
            settings.put("SMS_LIMIT_" + limit, "1000000/1h");
        }
        return settings;
    }

    /** The longest turn that the codes are enough for, up to this one. */
    static Duration longest(Duration turn) {
        return turn.compareTo(LONGEST) < 0 ? turn : LONGEST;
    }

    /** Sends a code to each number. What was sent before is forgotten. */
    void sendCodes(Subject subject) {
        challenges.clear();
        Tables.forgetCodes(subject.database());
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var sent = new ArrayList<Future<String>>();
            for (int i = 0; i < NUMBERS; i++) {
                String number = number(i);
                sent.add(clients.submit(() -> sendCode(subject.service(), number)));
            }
            for (var challenge : sent) {
                challenges.add(challenge.get());
            }
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String sendCode(Service service, String number) {
        var response = service.send(service.request("/api/auth/register")
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", address())
                .POST(BodyPublishers.ofString("{\"phone_number\":\"" + number + "\"}")));
        if (response.statusCode() != 202) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        try {
            String id = JSON.readTree(response.body()).at("/verification/id").asText();
            return "{\"verification_id\":\"" + id + "\",\"code\":\"" + codes.get(number) + "\"}";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Verifies the next code, while there is one. */
    Call verify() {
        return Call.post("/api/auth/verify", null, this::next, 200, "\"token\":\"kriya_")
                .with("X-Forwarded-For", this::address);
    }

    private String next() {
        String challenge = challenges.poll();
        if (challenge == null) {
            throw new IllegalStateException("All %,d codes are used: a turn has to be shorter.".formatted(NUMBERS));
        }
        return challenge;
    }

    private String address() {
        long next = addresses.incrementAndGet();
        return "10.%d.%d.%d".formatted(next >> 16 & 255, next >> 8 & 255, next & 255);
    }

    @Override
    public void close() {
        gateway.stop(0);
    }
}
