package io.kriya.bench;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The requests to a service whose tables are filled. */
final class Calls {

    /** Prime to any power of ten, so that every token comes once before any comes twice, and neighbours are far apart. */
    private static final long STRIDE = 611_953;

    private final int size;
    private final AtomicLong validated = new AtomicLong();
    private final AtomicLong loggedIn = new AtomicLong();
    private final AtomicLong loggedOut = new AtomicLong();
    private final AtomicLong registered = new AtomicLong();

    Calls(int size) {
        this.size = size;
    }

    Call health() {
        return Call.get("/health", "healthy");
    }

    Call introspect() {
        return Call.form(
                "/oauth/introspect",
                Map.of("X-API-Key", Service.KEY),
                () -> "token=" + Tables.token(next(validated)),
                "\"active\":true");
    }

    Call validate() {
        return validate(Service.KEY, Tables.TOKEN, 200, "\"valid\":true");
    }

    Call unknown() {
        return validate(Service.KEY, "kriya_ffffffff-ffff-4fff-8fff-", 200, "Token not found");
    }

    Call malformed() {
        return validate(Service.KEY, "session_00000000-0000-4000-800-", 200, "Token not found");
    }

    Call wrongKey() {
        return validate("another-key-than-the-benchmark's", Tables.TOKEN, 403, "invalid_api_key");
    }

    private Call validate(String key, String prefix, int status, String answer) {
        return Call.post(
                "/api/auth/validate-token", key, () -> token(prefix + Tables.digits(next(validated))), status, answer);
    }

    Call registerKnown() {
        return register(() -> Tables.KNOWN + next(loggedIn), "Login successful");
    }

    Call registerNew() {
        return register(() -> Tables.NEW + registered.incrementAndGet(), "Registration successful");
    }

    private interface Phone {
        long next();
    }

    private static Call register(Phone phone, String answer) {
        return Call.post(
                "/api/auth/register",
                null,
                () -> "{\"phone_number\":\"+1" + phone.next() + "\",\"first_name\":\"Ada\",\"last_name\":\"Lovelace\"}",
                200,
                answer);
    }

    Call logout() {
        return Call.delete("/api/auth/logout", () -> Tables.token(next(loggedOut)), "Logged out successfully");
    }

    private static String token(String text) {
        return "{\"token\":\"" + text + "\"}";
    }

    private long next(AtomicLong counter) {
        return counter.getAndIncrement() * STRIDE % size + 1;
    }
}
