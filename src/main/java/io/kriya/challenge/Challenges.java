package io.kriya.challenge;

import io.kriya.account.PhoneNumber;
import io.kriya.account.PhonePolicy;
import io.kriya.account.Profile;
import io.kriya.account.SignUpData;
import io.kriya.account.TestNumbers;
import io.kriya.database.availability.Deadline;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.signin.DormantAccounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The steps of a verification, a transaction each: all of a step happens, or nothing. */
@ApplicationScoped
public class Challenges {

    /** Seconds until a code may be sent again; each time twice as many. */
    private static final int RESEND_SECONDS = 30;

    private final OneTimeCodes codes;
    private final TestNumbers testNumbers;
    private final SendLimits budget;
    private final PhonePolicy phones;
    private final DormantAccounts accounts;
    private final ChallengeConfig config;
    private final Clock clock;

    Challenges(
            OneTimeCodes codes,
            TestNumbers testNumbers,
            SendLimits budget,
            PhonePolicy phones,
            DormantAccounts accounts,
            ChallengeConfig config,
            Clock clock) {
        this.codes = codes;
        this.testNumbers = testNumbers;
        this.budget = budget;
        this.phones = phones;
        this.accounts = accounts;
        this.config = config;
        this.clock = clock;
    }

    /**
     * A step after which a code is to be sent, or not.
     *
     * @param message that is to be sent; empty where this request came before, or the number is one for tests
     */
    public record Step(Challenge challenge, Optional<UUID> message, String country) {}

    /** Begins one. Nothing here depends on whether the number has an account. */
    @Deadline
    @Transactional
    public Step open(ChallengeSecret id, SignUpData claim, String address) {
        Instant now = now();
        Challenge challenge = make(id, claim, now);
        if (challenge.isNew()) {
            return toSend(challenge, address, now);
        }
        Challenge before = find(id, now);
        // Of a request that came before, nothing may have been sent.
        return before.sends > 0
                ? asBefore(before)
                : sentAgain(id, null, address, now).orElseGet(() -> asBefore(find(id, now)));
    }

    /** One that is under way. */
    @Deadline
    @Transactional
    public Optional<Challenge> find(ChallengeSecret id) {
        Instant now = now();
        return Challenge.find(id).filter(one -> one.isAlive(now));
    }

    private static Challenge find(ChallengeSecret id, Instant now) {
        return Challenge.find(id).filter(one -> one.isAlive(now)).orElseThrow(Challenges::over);
    }

    private Challenge make(ChallengeSecret id, SignUpData claim, Instant now) {
        var challenge = new Challenge();
        challenge.id = UUID.randomUUID();
        challenge.secretHash = id.hash();
        challenge.keyId = codes.currentKey();
        challenge.phoneNumber = claim.phone().value();
        challenge.firstName = claim.firstName();
        challenge.lastName = claim.lastName();
        challenge.email = claim.email();
        challenge.sends = 1;
        challenge.createdAt = now;
        challenge.expiresAt = now.plus(config.codeLife());
        challenge.resendAt = now.plusSeconds(RESEND_SECONDS);
        return challenge;
    }

    private Step toSend(Challenge challenge, String address, Instant now) {
        PhoneNumber phone = challenge.phone();
        String country = phones.countryOf(phone);
        if (testNumbers.contains(phone)) {
            return new Step(challenge, Optional.empty(), country);
        }
        budget.takeMessage(phone, address, country, now);
        return new Step(challenge, Optional.of(SentMessage.note(challenge, country, now).id), country);
    }

    private Step asBefore(Challenge challenge) {
        return new Step(challenge, Optional.empty(), phones.countryOf(challenge.phone()));
    }

    /** Has the same code sent again. */
    @Deadline
    @Transactional
    public Step sendAgain(ChallengeSecret id, Optional<String> idempotencyKey, String address) {
        Instant now = now();
        byte[] key =
                idempotencyKey.map(text -> codes.idOf(text, id.reveal()).hash()).orElse(null);
        Challenge before = find(id, now);
        if (isRepeated(key, before)) {
            return asBefore(before);
        }
        return sentAgain(id, key, address, now).orElseGet(() -> asBeforeOrTooEarly(key, find(id, now)));
    }

    private Optional<Step> sentAgain(ChallengeSecret id, byte[] key, String address, Instant now) {
        return Challenge.sendAgain(id, key, RESEND_SECONDS, now).map(sent -> toSend(sent, address, now));
    }

    /** The same request may have come at the same time, and first. */
    private Step asBeforeOrTooEarly(byte[] key, Challenge before) {
        if (isRepeated(key, before)) {
            return asBefore(before);
        }
        throw ProblemException.until(before.resendAt);
    }

    private static boolean isRepeated(byte[] key, Challenge before) {
        return key != null && Arrays.equals(key, before.resendKey);
    }

    /** What became of a message. */
    @Deadline
    @Transactional
    public void noteResult(UUID message, String sender, String result) {
        SentMessage.update("sender = ?1, result = ?2 where id = ?3", sender, result, message);
    }

    /** Nothing was sent: it may be at once. Only of whoever asks for what can't be sent it is kept count. */
    @Deadline
    @Transactional
    public void undo(Step step, String sender, String result) {
        Challenge challenge = step.challenge();
        // In the order in which all others take them, so that nobody waits for somebody who waits for them.
        Challenge.unsend(challenge.id, now());
        budget.giveMessageBack(challenge.phone(), step.country());
        noteResult(step.message().orElseThrow(), sender, result);
    }

    /** What came of a code. */
    public sealed interface Proof<T> {

        /** The right one, and what was done with it. */
        record Given<T>(T result, Optional<UUID> released) implements Proof<T> {}

        /** Another one. */
        record Wrong<T>(int attemptsLeft) implements Proof<T> {}
    }

    /**
     * Counts an attempt, compares the code, and where it is right spends the challenge and lets the person in, in one transaction.
     *
     * @param profile what the person gives with the code
     * @param letIn is told who they are
     * @throws ProblemException where there is nothing to compare with, or a new person has no name; then nothing has happened
     */
    @Deadline
    @Transactional
    public <T> Proof<T> prove(
            ChallengeSecret id, OneTimeCode code, String address, Profile profile, Function<SignUpData, T> letIn) {
        Instant now = now();
        PhoneNumber phone = Challenge.phoneOf(id, now).orElseThrow(Challenges::over);
        Challenge.lock(phone);
        if (!testNumbers.contains(phone)) {
            budget.takeGuess(phone, address, now);
        }
        Challenge challenge = Challenge.attempt(id, now).orElseThrow(Challenges::over);
        OneTimeCode right = codes.of(id, challenge).orElseThrow(Challenges::over);
        if (!right.matches(code)) {
            return new Proof.Wrong<>(challenge.attemptsLeft());
        }
        Challenge.endAll(phone, now);
        budget.forgetGuesses(phone);
        Optional<UUID> released = accounts.releaseIfDormant(phone, now);
        var claim = new SignUpData(phone, profile.first(), profile.last(), profile.email())
                .or(challenge.firstName, challenge.lastName, challenge.email);
        return new Proof.Given<>(letIn.apply(accounts.completed(claim)), released);
    }

    /** All of a verification but the message, with limits of its own, for a transaction that is rolled back. */
    void tryOut() {
        Instant now = now();
        ChallengeSecret id = ChallengeSecret.random();
        PhoneNumber phone = PhoneNumber.random();
        Challenge challenge = make(id, new SignUpData(phone, "", null, null), now);
        challenge.isNew();
        SentMessage message = SentMessage.note(challenge, phones.countryOf(phone), now);
        noteResult(message.id, "", SentMessage.PENDING);
        OneTimeCode code = codes.of(id, challenge).orElseThrow();
        prove(id, code, phone.value(), new Profile(null, null, null), claim -> claim);
    }

    private static ProblemException over() {
        return new ProblemException(ErrorCode.VERIFICATION_OVER);
    }

    /** PostgreSQL keeps microseconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
