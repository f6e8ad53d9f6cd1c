package io.kriya.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Codes to verify: challenges of users, each by a client with an address of its own. */
final class Verification implements AutoCloseable {

    static final int NUMBERS = 6_000;

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int CLIENTS = 32;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicLong addresses = new AtomicLong();
    private final ConcurrentLinkedQueue<String> challenges = new ConcurrentLinkedQueue<>();
    private final Gateway gateway = new Gateway();

    Verification() throws IOException {}

    private static String number(int index) {
        return "+1" + (Tables.VERIFIED + index);
    }

    /** With them each request has the address that it says. */
    Map<String, String> settings() {
        var settings = new HashMap<>(gateway.settings());
        settings.put("TRUSTED_PROXIES", "127.0.0.1");
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

    /** Sends and verifies codes, turn after turn, until the turns have lasted this long. */
    void warmUp(Subject subject, Duration duration, Duration turn) {
        for (Duration warm = Duration.ZERO; warm.compareTo(duration) < 0; warm = warm.plus(longest(turn))) {
            run(subject, turn);
        }
    }

    /** One turn; sending its codes does not count. */
    Sample run(Subject subject, Duration turn) {
        sendCodes(subject);
        return subject.closed(verify(), Load.CONNECTIONS, longest(turn));
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
            return "{\"verification_id\":\"" + id + "\",\"code\":\"" + gateway.codeOf(number) + "\"}";
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
        gateway.close();
    }
}
