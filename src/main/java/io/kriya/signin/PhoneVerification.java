package io.kriya.signin;

import io.kriya.account.Profile;
import io.kriya.account.SignUpData;
import io.kriya.challenge.Caller;
import io.kriya.challenge.Challenge;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.challenge.Challenges;
import io.kriya.challenge.OneTimeCode;
import io.kriya.challenge.OneTimeCodes;
import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.error.Violation;
import io.kriya.signin.VerificationResponse.VerificationView;
import io.kriya.sms.SmsDispatch;
import io.kriya.sms.SmsMessage;
import io.kriya.sms.SmsResult;
import io.kriya.sms.SmsText;
import io.kriya.token.Tokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Proof of a phone: has a code sent to it, outside of any transaction, and takes it back. */
// Its counters are there from the start, at 0.
@Startup
@ApplicationScoped
public class PhoneVerification {

    private static final Logger LOG = Logger.getLogger(PhoneVerification.class);

    private final Challenges challenges;
    private final OneTimeCodes codes;
    private final SmsDispatch dispatch;
    private final SmsText texts;
    private final DormantAccounts accounts;
    private final Tokens tokens;
    private final Clock clock;
    private final Counter begun;
    private final Counter sentAgain;
    private final Counter verified;
    private final Counter wrong;

    PhoneVerification(
            Challenges challenges,
            OneTimeCodes codes,
            SmsDispatch dispatch,
            SmsText texts,
            DormantAccounts accounts,
            Tokens tokens,
            Clock clock,
            MeterRegistry meters) {
        this.challenges = challenges;
        this.codes = codes;
        this.dispatch = dispatch;
        this.texts = texts;
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
        begun = counter("begun", meters);
        sentAgain = counter("sent_again", meters);
        verified = counter("verified", meters);
        wrong = counter("wrong_code", meters);
    }

    private static Counter counter(String step, MeterRegistry meters) {
        return Counter.builder("kriya.verifications")
                .description("Steps of verifications: begun, sent_again, verified, wrong_code.")
                .tag("step", step)
                .register(meters);
    }

    /** Has a code sent to whom somebody says they are; it tells nothing of accounts. */
    public VerificationResponse begin(SignUpData claim, Caller visitor) {
        ChallengeSecret id = visitor.idempotencyKey()
                .map(key -> codes.idOf(key, claim.phone().value(), claim.firstName(), claim.lastName(), claim.email()))
                .orElseGet(ChallengeSecret::random);
        var step = challenges.open(id, claim, visitor.address());
        begun.increment();
        send(id, step, visitor);
        return VerificationResponse.of(id, step.challenge());
    }

    /** Has the same code sent again. */
    public VerificationResponse sendAgain(ChallengeSecret id, Caller visitor) {
        var step = challenges.sendAgain(id, visitor.idempotencyKey(), visitor.address());
        sentAgain.increment();
        send(id, step, visitor);
        return VerificationResponse.of(id, step.challenge());
    }

    private void send(ChallengeSecret id, Challenges.Step step, Caller visitor) {
        step.message().ifPresent(message -> send(id, step, message, visitor));
    }

    private void send(ChallengeSecret id, Challenges.Step step, UUID message, Caller visitor) {
        Challenge challenge = step.challenge();
        OneTimeCode code = codes.of(id, challenge).orElseThrow();
        var delivery = dispatch.send(
                new SmsMessage(challenge.phone(), texts.of(code.reveal(), visitor.language()), message.toString()),
                step.country());
        if (delivery.result() instanceof SmsResult.NotSent notSent) {
            challenges.undo(step, delivery.sender(), notSent.kind());
            throw notSent.reason() == SmsResult.Reason.INVALID_PHONE_NUMBER
                    ? new ProblemException(
                            ErrorCode.INVALID_REQUEST, new Violation("phone_number", "can't receive a text message"))
                    : unavailable(notSent);
        }
        try {
            challenges.noteResult(message, delivery.sender(), delivery.result().kind());
        } catch (DatabaseUnavailable lost) {
            // The code is on its way, and whoever gets it may need it.
            LOG.warnf("What became of message %s could not be recorded", message);
        }
    }

    private ProblemException unavailable(SmsResult.NotSent notSent) {
        return notSent.retryAfter()
                .map(after -> ProblemException.until(
                        ErrorCode.SMS_UNAVAILABLE, clock.instant().plus(after)))
                .orElseGet(() -> new ProblemException(ErrorCode.SMS_UNAVAILABLE));
    }

    /** One that is under way: its number is to be proven still. */
    public Optional<VerificationView> find(ChallengeSecret id) {
        return challenges.find(id).map(challenge -> VerificationView.of(id, challenge));
    }

    /**
     * Lets in whoever shows the code that was sent.
     *
     * @param letIn does so, within the transaction that spends the code
     * @throws ProblemException for any other code, where there is none to compare with, and where somebody new has no name
     */
    public <T> T prove(
            ChallengeSecret id, OneTimeCode code, Profile profile, Caller visitor, Function<SignUpData, T> letIn) {
        return switch (challenges.prove(id, code, visitor.address(), profile, letIn)) {
            case Challenges.Proof.Wrong<T> other -> {
                wrong.increment();
                throw ProblemException.ofCode(other.attemptsLeft());
            }
            case Challenges.Proof.Given<T> given -> {
                verified.increment();
                given.released().ifPresent(account -> {
                    accounts.tellOfRelease(account);
                    tokens.changed(account);
                });
                yield given.result();
            }
        };
    }
}
