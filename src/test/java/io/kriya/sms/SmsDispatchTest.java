package io.kriya.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kriya.sms.FakeGateway.Behaviour;
import io.kriya.sms.SmsDispatch.Delivery;
import io.kriya.sms.SmsResult.NotSent;
import io.kriya.sms.SmsResult.Reason;
import io.kriya.sms.SmsResult.Sent;
import io.kriya.sms.SmsResult.Unknown;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SmsDispatchTest {

    private static final SmsMessage MESSAGE = GatewayTests.MESSAGE;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> tried = new ArrayList<>();

    /** Senders a, b, c and so on, one for each result. */
    private SmsDispatch senders(SmsResult... results) {
        var names = "abc".chars().mapToObj(Character::toString).iterator();
        return new SmsDispatch(
                Arrays.stream(results)
                        .map(result -> sender(names.next(), result))
                        .toList(),
                Map.of(),
                meters);
    }

    private SmsSender sender(String name, SmsResult result) {
        return new SmsSender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public SmsResult send(SmsMessage message) {
                tried.add(name);
                return result;
            }
        };
    }

    private static NotSent rateLimited(int seconds) {
        return new NotSent(Reason.RATE_LIMITED, Optional.of(Duration.ofSeconds(seconds)), 20429);
    }

    private double sends(String sender, String result) {
        return meters.get("kriya.sms.sends")
                .tags("sender", sender, "result", result, "country", "US")
                .counter()
                .count();
    }

    private double failovers(String from) {
        return meters.get("kriya.sms.failovers").tag("from", from).counter().count();
    }

    static Stream<SmsResult> ends() {
        return Stream.of(new Sent(), new Unknown(), new NotSent(Reason.INVALID_PHONE_NUMBER));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whatIsSentOrMayBeOrNeverCanBeIsNotSentAgain(SmsResult result) {
        assertThat(senders(result, new Sent()).send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("a", result));
        assertThat(tried).containsExactly("a");
        assertThat(sends("a", result.kind())).isEqualTo(1);
        assertThat(failovers("a")).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"RATE_LIMITED", "REJECTED", "UNREACHABLE"})
    void whereNothingWasSentTheNextIsTried(Reason reason) {
        assertThat(senders(new NotSent(reason), new Sent(), new Sent()).send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("b", new Sent()));
        assertThat(tried).containsExactly("a", "b");
        assertThat(sends("a", reason.name().toLowerCase())).isEqualTo(1);
        assertThat(sends("b", "sent")).isEqualTo(1);
        assertThat(failovers("a")).isEqualTo(1);
        assertThat(failovers("b")).isZero();
    }

    @Test
    void whereAllFailTheLastWordCounts() {
        assertThat(senders(rateLimited(9), new NotSent(Reason.REJECTED), new NotSent(Reason.UNREACHABLE))
                        .send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("c", new NotSent(Reason.UNREACHABLE)));
        assertThat(failovers("a")).isEqualTo(1);
        assertThat(failovers("b")).isEqualTo(1);
    }

    @Test
    void aRefusalThatMayPassCountsMoreThanOneThatDoesNot() {
        var rejected = new NotSent(Reason.REJECTED);
        var unreachable = new NotSent(Reason.UNREACHABLE);
        assertThat(senders(rejected, rateLimited(9)).send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("b", rateLimited(9)));
        assertThat(senders(rateLimited(9), rejected).send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("a", rateLimited(9)));
        assertThat(senders(unreachable, rejected).send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("a", unreachable));
        assertThat(senders(rejected, rejected).send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("b", rejected));
    }

    @Test
    void whereAllAreLimitedTheFirstToBeReadyCounts() {
        assertThat(senders(rateLimited(9), rateLimited(5), rateLimited(7)).send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("c", rateLimited(5)));
        assertThat(senders(new NotSent(Reason.RATE_LIMITED), rateLimited(9)).send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("b", rateLimited(9)));
    }

    @Test
    void whereAllAreLimitedNobodyMaySayForHowLong() {
        assertThat(senders(new NotSent(Reason.RATE_LIMITED), new NotSent(Reason.RATE_LIMITED))
                        .send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("b", new NotSent(Reason.RATE_LIMITED)));
    }

    @Test
    void withoutASenderNothingPretendsToBeSent() {
        var dispatch = configured(Map.of());
        assertThatThrownBy(() -> dispatch.send(MESSAGE, "US", Optional.empty()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(meters.getMeters()).isEmpty();
    }

    private SmsDispatch configured(Map<String, String> keys) {
        var config = TestSmsConfig.of(keys);
        return new SmsDispatch(
                config,
                new GatewayClient(config, GatewayTests.CLOCK),
                new TwilioReceipts(config, null),
                GatewayTests.CLOCK,
                meters);
    }

    /** Text messages, WhatsApp and calls; India by WhatsApp. */
    private SmsDispatch channels(SmsResult sms, SmsResult whatsapp, SmsResult voice) {
        return new SmsDispatch(
                List.of(sender("webhook", sms), sender("whatsapp", whatsapp), sender("voice", voice)),
                Map.of("IN", Channel.WHATSAPP),
                meters);
    }

    @Test
    void aCountryHasAChannelOfItsOwn() {
        var dispatch = channels(new Sent(), new Sent(), new Sent());
        assertThat(dispatch.send(MESSAGE, "US", Optional.empty())).isEqualTo(new Delivery("webhook", new Sent()));
        assertThat(dispatch.send(MESSAGE, "IN", Optional.empty())).isEqualTo(new Delivery("whatsapp", new Sent()));
        assertThat(tried).containsExactly("webhook", "whatsapp");
    }

    @Test
    void theChannelThatAUserAskedForWins() {
        var dispatch = channels(new Sent(), new Sent(), new Sent());
        assertThat(dispatch.send(MESSAGE, "IN", Optional.of(Channel.SMS)))
                .isEqualTo(new Delivery("webhook", new Sent()));
        assertThat(dispatch.send(MESSAGE, "US", Optional.of(Channel.VOICE)))
                .isEqualTo(new Delivery("voice", new Sent()));
        assertThat(tried).containsExactly("webhook", "voice");
    }

    @Test
    void textMessagesStandInForTheChannelOfACountryAndForNoneThatWasAskedFor() {
        var rejected = new NotSent(Reason.REJECTED);
        var dispatch = channels(new Sent(), rejected, rejected);
        assertThat(dispatch.send(MESSAGE, "IN", Optional.empty())).isEqualTo(new Delivery("webhook", new Sent()));
        assertThat(dispatch.send(MESSAGE, "US", Optional.of(Channel.VOICE))).isEqualTo(new Delivery("voice", rejected));
        assertThat(tried).containsExactly("whatsapp", "webhook", "voice");
    }

    @Test
    void noCallStandsInForATextMessage() {
        var rejected = new NotSent(Reason.REJECTED);
        assertThat(channels(rejected, new Sent(), new Sent()).send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("webhook", rejected));
    }

    @Test
    void whereThereAreNoTextMessagesTheFirstSenderIsTheUsualOne() {
        var dispatch = new SmsDispatch(List.of(sender("whatsapp", new Sent())), Map.of(), meters);
        assertThat(dispatch.has(Channel.SMS)).isFalse();
        assertThat(dispatch.send(MESSAGE, "US", Optional.empty())).isEqualTo(new Delivery("whatsapp", new Sent()));
    }

    @Test
    void onlyWhatIsNamedNeedsToBeSetUp() {
        assertThat(configured(Map.of("senders", "log")).send(MESSAGE, "US", Optional.empty()))
                .isEqualTo(new Delivery("log", new Sent()));
        assertThatThrownBy(() -> configured(Map.of("senders", "log, twilio")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TWILIO_ACCOUNT_SID");
        assertThatThrownBy(() -> configured(Map.of("senders", "webhook")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SMS_WEBHOOK_URL");
        assertThatThrownBy(() -> configured(Map.of("senders", "pigeon")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SMS_SENDERS");
    }

    @Test
    void theLogShowsTheTextInFullAndTheNumberMasked() {
        try (var log = new CapturedLog()) {
            configured(Map.of("senders", "log")).send(MESSAGE, "US", Optional.empty());
            assertThat(log.lines()).containsExactly("INFO SMS to +1202•••••23: " + GatewayTests.TEXT);
        }
    }

    @Test
    void gatewaysStandInForEachOtherInTheOrderTheyAreNamedIn() {
        try (var first = FakeGateway.start();
                var second = FakeGateway.start()) {
            var config =
                    TestSmsConfig.of(second, Map.of("senders", "webhook,twilio", "webhook.url", first.url() + "/sms"));
            var client = new GatewayClient(config, GatewayTests.CLOCK);
            var dispatch =
                    new SmsDispatch(config, client, new TwilioReceipts(config, null), GatewayTests.CLOCK, meters);

            assertThat(dispatch.send(MESSAGE, "US", Optional.empty())).isEqualTo(new Delivery("webhook", new Sent()));
            assertThat(second.received()).isEmpty();

            first.respondWith(Behaviour.CLOSED);
            assertThat(dispatch.send(MESSAGE, "US", Optional.empty())).isEqualTo(new Delivery("twilio", new Sent()));
            assertThat(second.lastCode()).isEqualTo("271828");

            first.respondWith(Behaviour.CUT);
            assertThat(dispatch.send(MESSAGE, "US", Optional.empty()))
                    .isEqualTo(new Delivery("webhook", new Unknown()));
            assertThat(second.received()).hasSize(1);
            client.close();
        }
    }
}
