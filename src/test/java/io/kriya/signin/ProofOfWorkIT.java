package io.kriya.signin;

import static io.kriya.Deployment.atOnce;
import static io.kriya.Deployment.id;
import static io.kriya.Deployment.json;
import static io.kriya.Deployment.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.kriya.Deployment;
import io.kriya.error.Puzzle;
import io.kriya.proof.PuzzleSolver;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Proofs of work of API clients, on two replicas with the limits' defaults. */
class ProofOfWorkIT {

    private static final String ADDRESS = "X-Forwarded-For";
    private static final String PROOF = "Proof-Of-Work";

    @AutoClose
    private static Deployment kriya;

    @BeforeAll
    static void twoReplicasRun() {
        kriya = Deployment.start(2, Map.of("PROOF_OF_WORK", "auto"));
    }

    /** Half of what an address may ask for at once. */
    private static String pressedAddress() {
        String address = Deployment.address();
        for (int i = 0; i < 11; i++) {
            assertThat(kriya.register(number(), ADDRESS, address).statusCode()).isEqualTo(202);
        }
        return address;
    }

    static String solution(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).isEqualTo(429);
        var problem = json(refused);
        assertThat(problem.getString("code")).isEqualTo("proof_of_work_required");
        assertThat(problem.getString("proof_of_work.algorithm")).isEqualTo("PBKDF2-HMAC-SHA256");
        return PuzzleSolver.solve(new Puzzle(
                null,
                problem.getString("proof_of_work.challenge"),
                problem.getInt("proof_of_work.iterations"),
                problem.getString("proof_of_work.prefix")));
    }

    @Test
    void onceMoreThanHalfOfAnAddressIsUsedAStrangerSolvesAPuzzleForEachMessage() {
        String address = pressedAddress();
        String number = number();
        var refused = kriya.register(number, ADDRESS, address);
        String solution = solution(refused);
        assertThat(kriya.messagesTo(number)).isZero();
        assertThat(kriya.register(number, ADDRESS, address, PROOF, solution).statusCode())
                .isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        String next = number();
        assertThat(kriya.register(next, ADDRESS, address, PROOF, solution).statusCode())
                .isEqualTo(429);
        assertThat(kriya.messagesTo(next)).isZero();
    }

    @Test
    void aClientThatSolvesNoPuzzleMayWaitInsteadUntilHalfOfTheLimitIsFree() {
        String address = pressedAddress();
        var refused = json(kriya.register(number(), ADDRESS, address));
        assertThat(refused.getString("code")).isEqualTo("proof_of_work_required");
        Duration wait = Duration.between(Instant.now(), Instant.parse(refused.getString("retry_at")));
        assertThat(refused.getLong("retry_after")).isCloseTo(wait.toSeconds(), offset(5L));
        kriya.pass(wait.plusSeconds(1));
        assertThat(kriya.register(number(), ADDRESS, address).statusCode()).isEqualTo(202);
    }

    @Test
    void onceMoreThanHalfOfANumberIsUsedEachStrangerSolvesAPuzzle() {
        String number = number();
        for (int i = 0; i < 3; i++) {
            String address = Deployment.address();
            // The first of an address is not counted.
            for (int j = 0; j < 3; j++) {
                kriya.coolDown();
                assertThat(kriya.register(number, ADDRESS, address).statusCode())
                        .isEqualTo(202);
            }
        }
        kriya.coolDown();
        String stranger = Deployment.address();
        String solution = solution(kriya.register(number, ADDRESS, stranger));
        assertThat(kriya.register(number, ADDRESS, stranger, PROOF, solution).statusCode())
                .isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(10);
    }

    @Test
    void aKnownDeviceSolvesNone() {
        String number = number();
        String device = kriya.deviceOf(number);
        String address = pressedAddress();
        kriya.coolDown();
        assertThat(kriya.registerOn(device, number, ADDRESS, address).statusCode())
                .isEqualTo(202);
        kriya.coolDown();
        assertThat(kriya.register(number, ADDRESS, address).statusCode()).isEqualTo(429);
    }

    @Test
    void resendWantsAProofToo() {
        String address = pressedAddress();
        String number = number();
        String solution = solution(kriya.register(number, ADDRESS, address));
        String id = id(kriya.register(number, ADDRESS, address, PROOF, solution));
        kriya.pass(Duration.ofSeconds(31));
        String second = solution(kriya.resend(id, ADDRESS, address));
        assertThat(kriya.resend(id, ADDRESS, address, PROOF, second).statusCode())
                .isEqualTo(202);
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
    }

    @Test
    void ofParallelRequestsWithOneSolutionOneIsAccepted() throws Exception {
        String address = pressedAddress();
        String solution = solution(kriya.register(number(), ADDRESS, address));
        assertThat(atOnce(8, _ -> kriya.register(number(), ADDRESS, address, PROOF, solution)))
                .containsOnlyOnce(202)
                .containsOnly(202, 429);
    }

    @Test
    void aRequestThatIsRepeatedWithItsKeyAndItsSolutionIsAnsweredAgain() {
        String address = pressedAddress();
        String number = number();
        String key = UUID.randomUUID().toString();
        String solution = solution(kriya.register(number, ADDRESS, address, "Idempotency-Key", key));
        String[] headers = {ADDRESS, address, "Idempotency-Key", key, PROOF, solution};
        String id = id(kriya.register(number, headers));
        assertThat(id(kriya.register(number, headers))).isEqualTo(id);
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
    }

    @Test
    void whatIsNoSolutionIsRefusedWithANewPuzzle() {
        String address = pressedAddress();
        String challenge = json(kriya.register(number(), ADDRESS, address)).getString("proof_of_work.challenge");
        for (String wrong :
                new String[] {"", ":", "x", challenge, challenge + ":", challenge + ":x", "x".repeat(5000)}) {
            solution(kriya.register(number(), ADDRESS, address, PROOF, wrong));
        }
    }

    @Test
    void onceMoreThanHalfOfACountryIsUsedItsStrangersSolveAPuzzle() {
        // Eight at once.
        try (var other = Deployment.start(1, Map.of("PROOF_OF_WORK", "auto", "SMS_LIMIT_COUNTRY", "16/24h"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(other.register(number()).statusCode()).isEqualTo(202);
            }
            String solution = solution(other.register(number()));
            assertThat(other.register("+919876543210").statusCode()).isEqualTo(202);
            assertThat(other.register(number(), PROOF, solution).statusCode()).isEqualTo(202);
            assertThat(other.one().metric("kriya_limited_total{limit=\"proof_of_work\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void itCanBeRequiredForEachMessageToAStranger() {
        try (var other = Deployment.start(1, Map.of("PROOF_OF_WORK", "always"))) {
            String number = number();
            String solution = solution(other.register(number));
            String id = id(other.register(number, PROOF, solution));
            String device = json(other.post(
                            "/api/auth/verify",
                            "{\"verification_id\": \"%s\", \"code\": \"%s\", \"first_name\": \"Ada\"}"
                                    .formatted(id, other.codeOf(number))))
                    .getString("device_token");
            other.coolDown();
            assertThat(other.registerOn(device, number).statusCode()).isEqualTo(202);
        }
    }
}
