package io.kriya.proof;

import io.kriya.error.Puzzle;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Solves puzzles as a client does. */
public final class PuzzleSolver {

    private PuzzleSolver() {}

    /** The value of {@code proof_of_work}. */
    public static String solve(Puzzle puzzle) {
        return puzzle.challenge() + ":" + numbers(puzzle, true).findFirst().orElseThrow();
    }

    /** The numbers that are solutions, or those that are none. */
    static Stream<Integer> numbers(Puzzle puzzle, boolean solutions) {
        return IntStream.range(0, 100_000)
                .boxed()
                .filter(number -> derive(number.toString(), puzzle).startsWith(puzzle.prefix()) == solutions);
    }

    private static String derive(String number, Puzzle puzzle) {
        try {
            var key = new PBEKeySpec(
                    number.toCharArray(),
                    puzzle.challenge().getBytes(StandardCharsets.US_ASCII),
                    puzzle.iterations(),
                    256);
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(key)
                            .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
