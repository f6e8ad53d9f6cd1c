package io.kriya.signin;

import static io.kriya.Deployment.atOnce;
import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static io.kriya.Deployment.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Attackers who know a number and keep asking for messages and trying codes, in parallel, on two replicas, with the
 * limits' defaults. Time is that of the database's rows, which {@link Deployment#pass} makes older.
 */
class LockOutIT {

    /** As docs/verification.md has it: the owner is delayed by two minutes for each message that attackers get. */
    private static final Duration SLOT = Duration.ofMinutes(2);

    private static final Duration GAP = Duration.ofSeconds(30);

    /** How many of the attackers ask at the same time. */
    private static final int PARALLEL = 8;

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        kriya = Deployment.start(2, Map.of());
    }

    @Test
    void oneAddressDelaysTheOwnerByTenMinutesAtMost() throws Exception {
        String address = Deployment.address();
        assertThatTheOwnerGetsIn(_ -> address, Duration.ofMinutes(10));
    }

    @Test
    void oneNetworkOf48BitsDelaysTheOwnerByTenMinutesAtMost() throws Exception {
        String site = "2001:db8:%x:".formatted((int) (Math.random() * 0xffff));
        assertThatTheOwnerGetsIn(i -> site + "%x::1".formatted(i % 0xffff), Duration.ofMinutes(10));
    }

    @Test
    void aHundredAddressesDelayTheOwnerByTwoMinutesEachAtMost() throws Exception {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            addresses.add("10.200.%d.%d".formatted((int) (Math.random() * 256), i));
        }
        assertThatTheOwnerGetsIn(i -> addresses.get(i % 100), SLOT.multipliedBy(100 + 20));
    }

    private static void assertThatTheOwnerGetsIn(IntFunction<String> attackers, Duration bound) throws Exception {
        String number = number();
        String device = kriya.deviceOf(number);
        kriya.coolDown();
        String newDevice = Deployment.address();
        Duration passed = Duration.ZERO;
        int attempts = 0;
        for (boolean isIn = false; !isIn; attempts++) {
            attack(number, attackers, attempts * PARALLEL);
            if (attempts % 20 == 0) {
                assertThatTheKnownDeviceGetsInAtOnce(number, device);
            }
            // The owner always asks after the attackers.
            Optional<Duration> wait = logIn(number, newDevice);
            wait.ifPresent(kriya::pass);
            passed = passed.plus(wait.orElse(Duration.ZERO));
            isIn = wait.isEmpty();
            assertThat(passed).isLessThanOrEqualTo(bound);
        }
        // The attackers were in the way.
        assertThat(attempts).isGreaterThan(2);
    }

    /** Asks for messages at once, and tries five codes at once for each challenge. */
    private static void attack(String number, IntFunction<String> attackers, int first) throws Exception {
        Queue<String> ids = new ConcurrentLinkedQueue<>();
        atOnce(PARALLEL, i -> {
            var answer = kriya.register(number, "X-Forwarded-For", attackers.apply(first + i));
            assertThat(answer.statusCode()).isIn(202, 429);
            if (answer.statusCode() == 202) {
                ids.add(id(answer));
            }
            return answer;
        });
        List<String> begun = List.copyOf(ids);
        String guess = wrong(kriya.codeOf(number));
        atOnce(5 * Math.min(2, begun.size()), i -> {
            var answer = kriya.verify(begun.get(i / 5), guess, "X-Forwarded-For", attackers.apply(first + i / 5));
            assertThat(answer.statusCode()).isIn(401, 410);
            return answer;
        });
    }

    private static void assertThatTheKnownDeviceGetsInAtOnce(String number, String device) {
        long before = kriya.messagesTo(number);
        String id = id(kriya.registerOn(device, number));
        assertThat(kriya.messagesTo(number)).isEqualTo(before + 1);
        String code = kriya.codeOf(number);
        assertThat(kriya.verifyOn(device, id, wrong(code)).statusCode()).isEqualTo(401);
        assertThat(kriya.verifyOn(device, id, code).statusCode()).isEqualTo(200);
    }

    /** On a new device: if a message comes, its code logs in at the first try; else how long to wait. */
    private static Optional<Duration> logIn(String number, String address) {
        long before = kriya.messagesTo(number);
        var answer = kriya.register(number, "X-Forwarded-For", address);
        if (answer.statusCode() == 429) {
            Instant retryAt = Instant.parse(json(answer).getString("retry_at"));
            return Optional.of(Duration.between(Instant.now(), retryAt).truncatedTo(ChronoUnit.MILLIS));
        }
        assertThat(answer.statusCode()).isEqualTo(202);
        if (kriya.messagesTo(number) == before) {
            return Optional.of(GAP);
        }
        assertThat(kriya.verify(id(answer), kriya.codeOf(number), "X-Forwarded-For", address)
                        .statusCode())
                .isEqualTo(200);
        return Optional.empty();
    }
}
