package io.kriya.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.TestSettings;
import io.kriya.error.Puzzle;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class ProofsOfWorkTest {

    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

    private static final AtomicInteger networks = new AtomicInteger();

    @Inject
    ProofsOfWork proofs;

    private boolean redeem(String solution, Instant now) {
        return redeem(solution, "198.51.100." + networks.getAndIncrement(), now);
    }

    private boolean redeem(String solution, String network, Instant now) {
        return QuarkusTransaction.requiringNew().call(() -> proofs.redeem(solution, network, now));
    }

    @Test
    void aSolutionIsAcceptedOnce() {
        String solution = PuzzleSolver.solve(proofs.create(START));
        assertThat(redeem(solution, START.plusSeconds(299))).isTrue();
        assertThat(redeem(solution, START.plusSeconds(299))).isFalse();
    }

    @Test
    void ofEqualSolutionsAtOnceOneIsAccepted() throws Exception {
        String solution = PuzzleSolver.solve(proofs.create(START));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> redemption = () -> redeem(solution, START);
            long accepted = threads
                    .invokeAll(Stream.generate(() -> redemption).limit(20).toList())
                    .stream()
                    .filter(result -> result.resultNow())
                    .count();
            assertThat(accepted).isEqualTo(1);
        }
    }

    @Test
    void aSolutionExpiresWithItsPuzzle() {
        String solution = PuzzleSolver.solve(proofs.create(START));
        assertThat(redeem(solution, START.plusSeconds(300))).isFalse();
    }

    @Test
    void aNumberThatIsNoSolutionIsRefused() {
        Puzzle puzzle = proofs.create(START);
        String wrong = puzzle.challenge() + ":"
                + PuzzleSolver.numbers(puzzle, false).findFirst().orElseThrow();
        assertThat(redeem(wrong, START)).isFalse();
    }

    @Test
    void aPuzzleThatNobodySetIsRefused() {
        Puzzle puzzle = proofs.create(START);
        String changed = (puzzle.challenge().startsWith("A") ? "B" : "A")
                + puzzle.challenge().substring(1);
        var forged = new Puzzle(puzzle.algorithm(), changed, puzzle.iterations(), puzzle.prefix());
        assertThat(redeem(PuzzleSolver.solve(forged), START)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "x:1", "\u0000", "kriya"})
    void otherTextIsRefused(String text) {
        assertThat(redeem(text, START)).isFalse();
    }

    @Test
    void onlyAPuzzleOfThePageMayBeWaitedFor() {
        String ofApi = proofs.create(START).challenge() + ":";
        String ofPage = proofs.createForPage(Optional.empty(), START).puzzle().challenge() + ":";
        assertThat(redeem(ofApi, START.plusSeconds(31))).isFalse();
        assertThat(redeem(ofPage, START.plusSeconds(29))).isFalse();
        assertThat(redeem(ofPage, START.plusSeconds(30))).isTrue();
        assertThat(redeem(ofPage, START.plusSeconds(31))).isFalse();
    }

    @Test
    void aPageThatAsksTooEarlyGoesOnWaitingForTheSamePuzzle() {
        Puzzle first = proofs.createForPage(Optional.empty(), START).puzzle();
        var again = proofs.createForPage(Optional.of(first.challenge() + ":"), START.plusSeconds(20));
        assertThat(again.puzzle()).isEqualTo(first);
        assertThat(again.remaining().toSeconds()).isEqualTo(10);
        var late = proofs.createForPage(Optional.of(first.challenge() + ":"), START.plusSeconds(30));
        assertThat(late.puzzle()).isNotEqualTo(first);
        var ofApi = proofs.createForPage(Optional.of(proofs.create(START).challenge() + ":"), START);
        assertThat(ofApi.remaining().toSeconds()).isEqualTo(30);
    }

    @Test
    void anAddressMayWaitForOnePuzzleAtATime() {
        String one = proofs.createForPage(Optional.empty(), START).puzzle().challenge() + ":";
        String other = proofs.createForPage(Optional.empty(), START).puzzle().challenge() + ":";
        assertThat(redeem(one, "192.0.2.1", START.plusSeconds(30))).isTrue();
        assertThat(redeem(other, "192.0.2.1", START.plusSeconds(31))).isFalse();
        assertThat(redeem(other, "192.0.2.1", START.plusSeconds(60))).isTrue();
    }
}
