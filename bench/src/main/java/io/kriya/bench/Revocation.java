package io.kriya.bench;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How long a token is still let in on one replica after its logout on another was answered. */
final class Revocation {

    private static final int LOGOUTS = 1000;

    private final Service here;
    private final Service there;

    Revocation(Service here, Service there) {
        this.here = here;
        this.there = there;
    }

    void measure(Path file) throws IOException {
        double[] millis = new double[LOGOUTS];
        for (int i = 0; i < LOGOUTS; i++) {
            millis[i] = once(i);
        }
        Arrays.sort(millis);
        Files.writeString(
                file, """
                {"logouts": %d, "p50_ms": %.2f, "p99_ms": %.2f, "max_ms": %.2f}
                """.formatted(LOGOUTS, millis[LOGOUTS / 2], millis[LOGOUTS * 99 / 100], millis[LOGOUTS - 1]));
    }

    private double once(int number) {
        String token = Tables.token(number + 1);
        // So that it is kept there.
        if (!isLetIn(token) || !isLetIn(token)) {
            throw new IllegalStateException("A token is not good");
        }
        here.send(here.request("/api/auth/logout")
                .header("Authorization", "Bearer " + token)
                .DELETE());
        long answered = System.nanoTime();
        long asked = answered;
        while (isLetIn(token)) {
            asked = System.nanoTime();
        }
        // The last one that was let in had been asked for until then; 0 where none was.
        return (asked - answered) / 1e6;
    }

    private boolean isLetIn(String token) {
        return there.send(there.request("/api/auth/validate-token")
                        .header("X-API-Key", Service.KEY)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}")))
                .body()
                .contains("Token is valid");
    }
}
