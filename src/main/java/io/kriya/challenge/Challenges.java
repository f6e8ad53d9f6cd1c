package io.kriya.challenge;

import io.kriya.account.PhoneFormat;
import io.kriya.account.PhoneNumber;
import io.kriya.account.Profile;
import io.kriya.account.Registration;
import io.kriya.account.TestNumbers;
import io.kriya.challenge.ChallengeFailure.NoChannel;
import io.kriya.challenge.ChallengeFailure.NotDelivered;
import io.kriya.challenge.ChallengeFailure.Over;
import io.kriya.challenge.ChallengeFailure.Rejected;
import io.kriya.challenge.ChallengeFailure.TooEarly;
import io.kriya.challenge.ChallengeFailure.Unreachable;
import io.kriya.challenge.ChallengeMetrics.Step;
import io.kriya.database.Sql;
import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.Deadline;
import io.kriya.device.Devices;
import io.kriya.limit.Cooldown;
import io.kriya.sms.Channel;
import io.kriya.sms.Notice;
import io.kriya.sms.SmsDispatch;
import io.kriya.sms.SmsDispatch.Delivery;
import io.kriya.sms.SmsMessage;
import io.kriya.sms.SmsResult;
import io.kriya.sms.SmsText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Runs the challenges of phone numbers: sends a one-time code and compares the code that the user enters. Each step
 * that writes is one transaction; messages are sent between transactions, so that a slow SMS provider holds no
 * connection. Nothing here depends on whether a number has an account. ArC also intercepts calls within this class.
 */
@ApplicationScoped
public class Challenges {

    private static final Logger LOG = Logger.getLogger(Challenges.class);

    /** Seconds until a code may be sent again; they double each time. */
    private static final int RESEND_SECONDS = (int) Cooldown.GAP.toSeconds();

    /** When to retry after a refusal that may pass, if the SMS provider does not say. */
    private static final Duration UNDELIVERED_FOR = Duration.ofSeconds(RESEND_SECONDS);

    /** When to retry after a refusal that only the operator can mend. */
    private static final Duration REJECTED_FOR = Duration.ofHours(1);

    private final OneTimeCodes codes;
    private final TestNumbers testNumbers;
    private final Devices devices;
    private final SendLimits limits;
    private final Notices notices;
    private final SmsDispatch dispatch;
    private final Registration registration;
    private final Withholding withholding;
    private final SmsText texts;
    private final ChallengeConfig config;
    private final ChallengeMetrics metrics;
    private final Clock clock;

    Challenges(
            OneTimeCodes codes,
            TestNumbers testNumbers,
            Devices devices,
            SendLimits limits,
            Notices notices,
            SmsDispatch dispatch,
            Registration registration,
            Withholding withholding,
            SmsText texts,
            ChallengeConfig config,
            ChallengeMetrics metrics,
            Clock clock) {
        this.codes = codes;
        this.testNumbers = testNumbers;
        this.devices = devices;
        this.limits = limits;
        this.notices = notices;
        this.dispatch = dispatch;
        this.registration = registration;
        this.withholding = withholding;
        this.texts = texts;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Begins a challenge and sends its code. A request that is repeated with the same idempotency key begins only one.
     *
     * @param profile stored with the challenge until the code is verified
     * @throws ChallengeException if a rate limit is reached, or the message can't be delivered
     */
    public OpenChallenge begin(PhoneNumber phone, Profile profile, Caller caller) {
        ChallengeSecret secret = caller.idempotencyKey()
                .map(key ->
                        codes.secretOf(key, phone.value(), profile.firstName(), profile.lastName(), profile.email()))
                .orElseGet(ChallengeSecret::random);
        SendDecision decision = open(secret, phone, profile, caller);
        metrics.count(Step.BEGUN);
        return send(secret, decision, caller, Optional.empty());
    }

    /**
     * Sends the same code again.
     *
     * @param channel that the user wants; empty for the one of the country
     * @throws ChallengeException if the challenge is not open, if it is too early, if there is no such channel, or as
     *     {@link #begin} does
     */
    public OpenChallenge resend(ChallengeSecret secret, Optional<Channel> channel, Caller caller) {
        if (channel.isPresent() && !isOffered(channel.get())) {
            throw new ChallengeException(new NoChannel());
        }
        SendDecision decision = decideResend(secret, caller);
        metrics.count(Step.SENT_AGAIN);
        return send(secret, decision, caller, channel);
    }

    /** Whether a code can be sent over a channel. */
    public boolean isOffered(Channel channel) {
        return dispatch.has(channel);
    }

    /** The open challenge of a secret. */
    @Deadline
    @Transactional
    public Optional<OpenChallenge> find(ChallengeSecret secret, Caller caller) {
        Instant now = clock.instant();
        return findOpen(secret, now).map(challenge -> {
            Optional<Notice> notice = Notice.parse(challenge.notice)
                    .filter(_ -> devices.isKnown(caller.device(), challenge.phone(), now));
            return OpenChallenge.of(secret, challenge, notice);
        });
    }

    /** The id of the challenge of a secret, open or ended; in the caller's transaction. */
    public Optional<UUID> idOf(ChallengeSecret secret) {
        return Challenge.find(secret).map(challenge -> challenge.id);
    }

    /** The result of comparing a code. */
    public sealed interface Verification {

        /**
         * The right code of this challenge, for this number.
         *
         * @param profile that the challenge began with
         * @param isKnownDevice whether it came from a known device of the number's account
         */
        record Verified(UUID challenge, PhoneNumber phone, Profile profile, boolean isKnownDevice)
                implements Verification {}

        /** A wrong code; the counted attempt has to be committed. */
        record WrongCode(int attemptsLeft) implements Verification {}
    }

    /**
     * Compares a code: counts the attempt if it is wrong, and ends all challenges of the number if it is right; in the
     * caller's transaction. What is to be written is written together, after the last reason to refuse.
     *
     * @throws ChallengeException if the challenge is not open, or takes no more codes as a rate limit is reached
     */
    public Verification verify(ChallengeSecret secret, OneTimeCode code, Caller caller) {
        Instant now = clock.instant();
        Challenge challenge = Challenge.lock(secret, now).orElseThrow(Challenges::over);
        PhoneNumber phone = challenge.phone();
        Requester requester = requester(phone, caller, now);
        // The messages bound the challenges, but of those of a test number, whose code is always the same.
        boolean isFree = challenge.attempts == 0 && !testNumbers.contains(phone);
        if (!isFree && !limits.takeGuess(requester, now)) {
            // A new challenge helps, as its first code is compared.
            throw over();
        }
        OneTimeCode right = codes.of(secret, challenge).orElseThrow(Challenges::over);
        if (!right.matches(code) || challenge.isSuperseded() || !challenge.isSent) {
            List<Sql> writes = new ArrayList<>(List.of(challenge.countingAttempt()));
            if (isFree) {
                writes.add(limits.takingFreeGuess(requester, now));
            }
            writes.add(notices.countingWrongCode(phone, now));
            Sql.updateAll(writes);
            metrics.countOnCommit(Step.WRONG_CODE);
            return new Verification.WrongCode(challenge.attemptsLeft() - 1);
        }
        List<Sql> writes = new ArrayList<>(List.of(challenge.ending(now)));
        writes.addAll(limits.settling(requester, isFree));
        writes.add(notices.resettingWrongCodes(phone));
        Sql.updateAll(writes);
        metrics.countOnCommit(Step.VERIFIED);
        return new Verification.Verified(
                challenge.id,
                phone,
                new Profile(challenge.firstName, challenge.lastName, challenge.email),
                requester.isKnown());
    }

    /** A message that is about to be sent, and what it tells. */
    record Outgoing(SentMessage message, SendLimits.Permit permit, Optional<Notice> notice) {}

    /**
     * Whether a code is to be sent.
     *
     * @param outgoing the message to send; empty if the request is a repeated one, the number is a test number or has
     *     just got a message, or the challenge is superseded: the response is the same
     */
    record SendDecision(Challenge challenge, Optional<Outgoing> outgoing) {}

    @Deadline
    @Transactional
    SendDecision open(ChallengeSecret secret, PhoneNumber phone, Profile profile, Caller caller) {
        Instant now = clock.instant();
        Requester requester = requester(phone, caller, now);
        Challenge challenge = create(secret, phone, profile, now);
        if (challenge.insertIfAbsent()) {
            return toSend(challenge, requester, now);
        }
        Challenge earlier = findOpen(secret, now).orElseThrow(Challenges::over);
        // The first of two equal requests may have failed to send.
        return earlier.sends > 0
                ? notToSend(earlier)
                : countResend(secret, null, requester, now)
                        .orElseGet(() -> notToSend(findOpen(secret, now).orElseThrow(Challenges::over)));
    }

    @Deadline
    @Transactional
    SendDecision decideResend(ChallengeSecret secret, Caller caller) {
        Instant now = clock.instant();
        byte[] key = caller.idempotencyKey()
                .map(text -> codes.secretOf(text, secret.reveal()).hash().bytes())
                .orElse(null);
        Challenge challenge = findOpen(secret, now).orElseThrow(Challenges::over);
        Requester requester = requester(challenge.phone(), caller, now);
        if (isRepeated(key, challenge)) {
            return notToSend(challenge);
        }
        return countResend(secret, key, requester, now).orElseGet(() -> {
            // A concurrent copy of this request may have been first.
            Challenge current = findOpen(secret, now).orElseThrow(Challenges::over);
            if (isRepeated(key, current)) {
                return notToSend(current);
            }
            throw new ChallengeException(new TooEarly(current.resendAt));
        });
    }

    private static Optional<Challenge> findOpen(ChallengeSecret secret, Instant now) {
        return Challenge.find(secret).filter(challenge -> challenge.isOpen(now));
    }

    private Challenge create(ChallengeSecret secret, PhoneNumber phone, Profile profile, Instant now) {
        var challenge = new Challenge();
        challenge.id = UUID.randomUUID();
        challenge.secretHash = secret.hash().bytes();
        challenge.keyId = codes.currentKey();
        challenge.phoneNumber = phone.value();
        challenge.firstName = profile.firstName();
        challenge.lastName = profile.lastName();
        challenge.email = profile.email();
        challenge.sends = 1;
        challenge.createdAt = now;
        challenge.expiresAt = now.plus(config.codeLife());
        challenge.resendAt = now.plusSeconds(RESEND_SECONDS);
        return challenge;
    }

    private Requester requester(PhoneNumber phone, Caller caller, Instant now) {
        return new Requester(phone, caller, devices.isKnown(caller.device(), phone, now));
    }

    private Optional<SendDecision> countResend(ChallengeSecret secret, byte[] key, Requester requester, Instant now) {
        return Challenge.countResend(secret, key, RESEND_SECONDS, now).map(sent -> toSend(sent, requester, now));
    }

    private SendDecision toSend(Challenge challenge, Requester requester, Instant now) {
        if (testNumbers.contains(requester.phone())) {
            limits.takeChallenge(requester, now);
            return notToSend(challenge);
        }
        // A superseded challenge uses up the same limits, so that they do not reveal it.
        Optional<Outgoing> outgoing = limits.takeMessage(requester, PhoneFormat.countryOf(requester.phone()), now)
                .filter(_ -> !challenge.isSuperseded())
                .map(permit -> new Outgoing(
                        SentMessage.insert(challenge, permit.country(), now), permit, takeNotice(challenge, now)));
        // Else each request during the cool-down would get a code to guess.
        boolean isSent = outgoing.isPresent() || challenge.sends > 1 && challenge.isSent;
        if (isSent != challenge.isSent) {
            Challenge.recordSent(challenge.id, isSent);
        }
        return new SendDecision(challenge, outgoing);
    }

    private Optional<Notice> takeNotice(Challenge challenge, Instant now) {
        Optional<Notice> notice = notices.take(challenge.phone(), now);
        notice.ifPresent(one -> {
            challenge.notice = one.label();
            Challenge.recordNotice(challenge);
        });
        return notice;
    }

    private static SendDecision notToSend(Challenge challenge) {
        return new SendDecision(challenge, Optional.empty());
    }

    private static boolean isRepeated(byte[] key, Challenge challenge) {
        return key != null && MessageDigest.isEqual(key, challenge.resendKey);
    }

    private OpenChallenge send(
            ChallengeSecret secret, SendDecision decision, Caller caller, Optional<Channel> channel) {
        decision.outgoing().ifPresent(outgoing -> send(secret, decision.challenge(), outgoing, caller, channel));
        return OpenChallenge.of(secret, decision.challenge(), Optional.empty());
    }

    private void send(
            ChallengeSecret secret, Challenge challenge, Outgoing outgoing, Caller caller, Optional<Channel> channel) {
        SentMessage message = outgoing.message();
        OneTimeCode code = codes.of(secret, challenge).orElseThrow();
        var sms = new SmsMessage(
                challenge.phone(),
                texts.content(code.reveal(), caller.language(), outgoing.notice()),
                message.id.toString());
        Delivery delivery = registration.admits(challenge.phone())
                ? withholding.send(() -> dispatch.send(sms, message.country, channel))
                : withholding.withhold();
        if (delivery.result() instanceof SmsResult.NotSent notSent) {
            revertSend(challenge, outgoing, delivery);
            throw new ChallengeException(failure(notSent));
        }
        Channel used = delivery.result() instanceof SmsResult.Withheld
                ? dispatch.firstChannel(message.country, channel)
                : Channel.of(delivery.sender());
        challenge.channel = used == Channel.SMS ? null : used.label();
        challenge.isUnconfirmed = delivery.result() instanceof SmsResult.Unknown;
        // By the message, or by the page of a known device; strangers can't use a notice up.
        boolean isTold = !(delivery.result() instanceof SmsResult.Withheld)
                && (used == Channel.SMS && sms.content().templateId().isEmpty()
                        || caller.isPage() && outgoing.permit().requester().isKnown());
        try {
            recordResult(challenge, outgoing, delivery, isTold);
        } catch (DatabaseUnavailable unavailable) {
            // The code may have been sent and the user needs it, so the failure is only logged.
            LOG.warnf("The result of message %s could not be recorded", message.id);
        }
    }

    private ChallengeFailure failure(SmsResult.NotSent notSent) {
        Instant now = clock.instant();
        return switch (notSent.reason()) {
            case INVALID_PHONE_NUMBER -> new Unreachable();
            case REJECTED -> new Rejected(now.plus(REJECTED_FOR));
            case RATE_LIMITED, UNREACHABLE ->
                new NotDelivered(now.plus(notSent.retryAfter().orElse(UNDELIVERED_FOR)));
        };
    }

    @Deadline
    @Transactional
    void recordResult(Challenge challenge, Outgoing outgoing, SmsDispatch.Delivery delivery, boolean isTold) {
        if (challenge.isUnconfirmed || challenge.channel != null) {
            Challenge.recordSending(challenge);
        }
        if (!isTold) {
            revertNotice(challenge, outgoing);
        }
        SentMessage.recordResult(outgoing.message().id, delivery);
    }

    /** Nothing was sent: the code may be resent at once, and only the limits of the client address still count it. */
    @Deadline
    @Transactional
    void revertSend(Challenge challenge, Outgoing outgoing, SmsDispatch.Delivery delivery) {
        // Rows are locked in the same order everywhere, to prevent deadlocks.
        Challenge.revertSend(challenge.id, clock.instant());
        limits.returnMessage(outgoing.permit());
        revertNotice(challenge, outgoing);
        SentMessage.recordResult(outgoing.message().id, delivery);
    }

    private void revertNotice(Challenge challenge, Outgoing outgoing) {
        outgoing.notice().ifPresent(notice -> {
            notices.revert(notice, challenge.phone());
            challenge.notice = null;
            Challenge.recordNotice(challenge);
        });
    }

    /** Deletes what is kept of a number for more than a day, in the caller's transaction. */
    public void forget(PhoneNumber phone) {
        limits.forget(phone);
        notices.forget(phone);
    }

    /** Runs each statement of {@link #begin} but sends nothing; for a transaction that is rolled back. */
    public OneTimeCode warmUp(ChallengeSecret secret, PhoneNumber phone) {
        Instant now = clock.instant();
        Challenge challenge = create(secret, phone, Profile.EMPTY, now);
        challenge.insertIfAbsent();
        notices.take(phone, now);
        SentMessage message = SentMessage.insert(challenge, PhoneFormat.countryOf(phone), now);
        SentMessage.recordResult(message.id, new SmsDispatch.Delivery("", new SmsResult.Sent()));
        return codes.of(secret, challenge).orElseThrow();
    }

    private static ChallengeException over() {
        return new ChallengeException(new Over());
    }
}
