package io.kriya.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kriya.error.Puzzle;
import io.kriya.limit.Limit;
import io.kriya.limit.Limits;
import io.kriya.security.DerivedKey;
import io.kriya.security.ServerKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Creates puzzles and checks their solutions, after the idea of ALTCHA. A puzzle costs a client some 256 key derivations, and the
 * server one. Puzzles are not stored; a solution is recorded until its puzzle expires, so that it is accepted once.
 *
 * @see <a href="https://altcha.org/docs/v2/proof-of-work-captcha/">Proof of work of ALTCHA</a>
 */
@ApplicationScoped
public class ProofsOfWork {

    /** A page without scripts waits so long instead of solving its puzzle. */
    private static final Duration WAIT = Duration.ofSeconds(30);

    private static final Duration VALIDITY = Duration.ofMinutes(5);
    private static final Limit ONCE = new Limit(1, VALIDITY);
    private static final String LIMIT = "proof_of_work";

    /** Waiting costs nothing, so that an attacker could wait for many puzzles at once. */
    private static final Limit ONE_WAIT = new Limit(1, WAIT);

    private static final String WAITS = "proof_of_work_wait";

    private static final String ALGORITHM = "PBKDF2-HMAC-SHA256";
    private static final int ITERATIONS = 1000;
    private static final String PREFIX = "00";
    private static final int KEY_BITS = 256;

    /** The instant of creation, the kind and random bytes; then their MAC. */
    private static final int CONTENT_BYTES = 16;

    private static final int RANDOM_BYTES = 7;
    private static final Pattern SOLUTION = Pattern.compile("([A-Za-z0-9_-]{64}):([0-9]{0,9})");

    /** How a puzzle may be answered. */
    private enum Kind {
        /** By its solution. */
        SOLVE,
        /** By its solution, or by an empty one after {@link #WAIT}. */
        SOLVE_OR_WAIT
    }

    /**
     * A puzzle of the login page.
     *
     * @param remaining how long a page without scripts has to wait instead of solving it
     */
    public record PagePuzzle(Puzzle puzzle, Duration remaining) {}

    private final List<DerivedKey> keys;
    private final Limits limits;

    ProofsOfWork(ServerKeys secrets, Limits limits) {
        keys = secrets.derive("kriya proof of work");
        this.limits = limits;
    }

    /** Creates a puzzle for an API client. */
    public Puzzle create(Instant now) {
        return create(Kind.SOLVE, now);
    }

    /**
     * Creates a puzzle for the login page, or returns the one that a page without scripts is waiting for.
     *
     * @param presented the solution that the page has sent, if any
     */
    public PagePuzzle createForPage(Optional<String> presented, Instant now) {
        return presented
                .map(SOLUTION::matcher)
                .filter(match -> match.matches() && match.group(2).isEmpty())
                .map(match -> match.group(1))
                .flatMap(challenge -> read(challenge)
                        .filter(content -> content.mayWait()
                                && now.isBefore(content.created().plus(WAIT)))
                        .map(content -> new PagePuzzle(
                                puzzle(challenge),
                                Duration.between(now, content.created().plus(WAIT)))))
                .orElseGet(() -> new PagePuzzle(create(Kind.SOLVE_OR_WAIT, now), WAIT));
    }

    private Puzzle create(Kind kind, Instant now) {
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        byte[] content = ByteBuffer.allocate(CONTENT_BYTES)
                .putLong(now.getEpochSecond())
                .put((byte) kind.ordinal())
                .put(random)
                .array();
        byte[] mac = keys.getFirst().mac(content);
        byte[] challenge = ByteBuffer.allocate(content.length + mac.length)
                .put(content)
                .put(mac)
                .array();
        return puzzle(Base64.getUrlEncoder().withoutPadding().encodeToString(challenge));
    }

    private static Puzzle puzzle(String challenge) {
        return new Puzzle(ALGORITHM, challenge, ITERATIONS, PREFIX);
    }

    /**
     * Accepts a solution once, in the caller's transaction.
     *
     * @param solution the challenge, a colon, and the number
     * @param network the client's, of which one at a time may have waited
     * @return false if it is wrong, expired, or was accepted before
     */
    public boolean redeem(String solution, String network, Instant now) {
        var match = SOLUTION.matcher(solution);
        return match.matches()
                && isValid(match.group(1), match.group(2), now)
                && (!match.group(2).isEmpty() || limits.tryTake(WAITS, ONE_WAIT, network, now))
                && limits.tryTake(LIMIT, ONCE, match.group(1), now);
    }

    private boolean isValid(String challenge, String number, Instant now) {
        return read(challenge)
                .filter(content -> now.isBefore(content.created().plus(VALIDITY)))
                .filter(content -> number.isEmpty()
                        ? content.mayWait() && !now.isBefore(content.created().plus(WAIT))
                        : derive(number, challenge).startsWith(PREFIX))
                .isPresent();
    }

    private record Content(Instant created, boolean mayWait) {}

    /** What a challenge says; empty if Kriya has not created it. */
    private Optional<Content> read(String challenge) {
        byte[] bytes = Base64.getUrlDecoder().decode(challenge);
        byte[] content = Arrays.copyOf(bytes, CONTENT_BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, CONTENT_BYTES, bytes.length);
        if (keys.stream().noneMatch(key -> MessageDigest.isEqual(mac, key.mac(content)))) {
            return Optional.empty();
        }
        var fields = ByteBuffer.wrap(content);
        return Optional.of(
                new Content(Instant.ofEpochSecond(fields.getLong()), fields.get() == Kind.SOLVE_OR_WAIT.ordinal()));
    }

    private static String derive(String number, String challenge) {
        var key = new PBEKeySpec(number.toCharArray(), challenge.getBytes(US_ASCII), ITERATIONS, KEY_BITS);
        try {
            return HexFormat.of()
                    .formatHex(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(key)
                            .getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
