package io.kriya.sms;

import io.kriya.sms.SmsResult.NotSent;
import io.kriya.sms.SmsResult.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sends a message by the first provider that accepts it. Fails over only if it is certain that nothing was sent. */
// A missing setting of a provider stops the start.
@Startup
@ApplicationScoped
public class SmsDispatch {

    /**
     * The result, and the provider that reported it.
     *
     * @param sender the last provider that was tried
     */
    public record Delivery(String sender, SmsResult result) {}

    private final List<SmsSender> senders;

    /** By country, where it is not that of text messages. */
    private final Map<String, Channel> channels;

    private final MeterProvider<Counter> sends;
    private final MeterProvider<Counter> failovers;

    @Inject
    SmsDispatch(SmsConfig config, GatewayClient client, TwilioReceipts receipts, Clock clock, MeterRegistry meters) {
        this(senders(config, client, receipts, clock), byCountry(config), meters);
    }

    SmsDispatch(List<SmsSender> senders, Map<String, Channel> channels, MeterRegistry meters) {
        this.senders = senders;
        this.channels = channels;
        sends = Counter.builder("kriya.sms.sends")
                .description("Messages given to an SMS provider, by result.")
                .withRegistry(meters);
        failovers = Counter.builder("kriya.sms.failovers")
                .description("Messages that an SMS provider did not accept, so that the next provider was tried.")
                .withRegistry(meters);
        // So that the counters exist from the start, at 0; the last provider has no failover.
        senders.stream().limit(Math.max(0, senders.size() - 1)).forEach(sender -> failoversFrom(sender.name()));
    }

    private static List<SmsSender> senders(
            SmsConfig config, GatewayClient client, TwilioReceipts receipts, Clock clock) {
        return config.names().stream()
                .<SmsSender>map(name -> switch (name) {
                    case "twilio" ->
                        new TwilioSender(
                                config.twilio(), client, Optional.of(receipts).filter(_ -> config.takesReceipts(name)));
                    case "webhook" -> new WebhookSender(config.webhook(), client, clock);
                    case "whatsapp" -> new WhatsAppSender(config.whatsapp(), client);
                    case "voice" ->
                        new VoiceSender(
                                config.twilio(), client, Optional.of(receipts).filter(_ -> config.takesReceipts(name)));
                    case "log" -> new LogSender();
                    default ->
                        throw new IllegalStateException("SMS_SENDERS takes twilio, webhook, whatsapp, voice and log.");
                })
                .toList();
    }

    private static Map<String, Channel> byCountry(SmsConfig config) {
        return config.channels().orElse(List.of()).stream()
                .collect(Collectors.toMap(
                        entry -> entry.substring(0, 2), entry -> Channel.of(entry.substring(3)), (first, _) -> first));
    }

    /** Whether there is a sender of a channel. */
    public boolean has(Channel channel) {
        return senders.stream().anyMatch(sender -> Channel.of(sender.name()) == channel);
    }

    private Channel usual() {
        return has(Channel.SMS) ? Channel.SMS : Channel.of(senders.getFirst().name());
    }

    /** The channel that is tried first. */
    public Channel firstChannel(String country, Optional<Channel> asked) {
        return asked.orElseGet(() -> channels.getOrDefault(country, usual()));
    }

    /**
     * The senders to try: of the channel that was asked for, those alone; else of the country's channel, then those of
     * text messages.
     */
    private List<SmsSender> senders(String country, Optional<Channel> asked) {
        return asked.map(List::of).orElseGet(() -> List.of(channels.getOrDefault(country, usual()), usual())).stream()
                .distinct()
                .flatMap(channel -> senders.stream().filter(sender -> Channel.of(sender.name()) == channel))
                .toList();
    }

    /**
     * Sends a message.
     *
     * @param country decides on the channel, and is the label of the metrics
     * @param asked the channel that the user wants, which {@link #has} has confirmed
     * @throws IllegalStateException if there is no provider
     */
    public Delivery send(SmsMessage message, String country, Optional<Channel> asked) {
        if (senders.isEmpty()) {
            throw new IllegalStateException("SMS_SENDERS names nothing that sends texts");
        }
        var failed = new ArrayList<Delivery>();
        for (SmsSender sender : senders(country, asked)) {
            if (!failed.isEmpty()) {
                failoversFrom(failed.getLast().sender()).increment();
            }
            SmsResult result = sender.send(message);
            sends.withTags("sender", sender.name(), "result", result.kind(), "country", country)
                    .increment();
            var delivery = new Delivery(sender.name(), result);
            if (!isFailover(result)) {
                return delivery;
            }
            failed.add(delivery);
        }
        if (failed.stream().allMatch(delivery -> reason(delivery) == Reason.RATE_LIMITED)) {
            return rateLimited(failed);
        }
        // As long as one of them may accept it later, it is worth to retry.
        return failed.reversed().stream()
                .filter(delivery -> reason(delivery).isPassing())
                .findFirst()
                .orElse(failed.getLast());
    }

    private Counter failoversFrom(String sender) {
        return failovers.withTags("from", sender);
    }

    /** An invalid number is invalid for every provider. */
    private static boolean isFailover(SmsResult result) {
        return result instanceof NotSent notSent && notSent.reason() != Reason.INVALID_PHONE_NUMBER;
    }

    private static Reason reason(Delivery failed) {
        return ((NotSent) failed.result()).reason();
    }

    /** The rate-limited result, with the earliest retry time of all providers. */
    private static Delivery rateLimited(List<Delivery> failed) {
        Optional<Duration> soonest = failed.stream()
                .map(delivery -> (NotSent) delivery.result())
                .flatMap(notSent -> notSent.retryAfter().stream())
                .min(Comparator.naturalOrder());
        var last = failed.getLast();
        return new Delivery(
                last.sender(),
                new NotSent(Reason.RATE_LIMITED, soonest, last.result().errorCode()));
    }
}
