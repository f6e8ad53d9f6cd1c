package io.kriya.sms;

import static io.kriya.setting.ProductionCheck.unless;

import io.kriya.setting.Format;
import io.kriya.setting.HttpUrl;
import io.kriya.setting.ProductionCheck;
import io.kriya.setting.Takes;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.UniqueElements;

/** How text messages are sent, and what they say. */
@ConfigMapping(prefix = "kriya.sms")
public interface SmsConfig extends ProductionCheck {

    /** What {@code SMS_SENDERS} takes. */
    String SENDERS = "twilio, webhook, whatsapp, voice or log, or several of them separated by commas, each once";

    /**
     * The SMS providers, in the order in which they are tried, and {@code whatsapp} and {@code voice}; {@code log} is for
     * development, and its default.
     */
    @Format(regexp = "\\s*(twilio|webhook|whatsapp|voice|log)\\s*", message = SENDERS)
    Optional<@UniqueElements(message = SENDERS) List<String>> senders();

    /** Countries (ISO 3166) whose numbers get codes over another channel first: {@code whatsapp} or {@code voice}. */
    @Format(
            regexp = "[A-Z]{2}=(sms|whatsapp|voice)",
            message = "countries with their channel, such as BR=whatsapp,IN=voice, or nothing")
    Optional<List<String>> channels();

    /** Milliseconds that one provider may take in all, half of them to connect. */
    @WithDefault("5000")
    @Range(min = 100, max = 30_000, message = Takes.MILLIS)
    int timeoutMillis();

    /** Required by the provider {@code twilio}. */
    Twilio twilio();

    /** Required by the sender {@code whatsapp}. */
    WhatsApp whatsapp();

    /** Required by the provider {@code webhook}. */
    Webhook webhook();

    /**
     * Whether delivery receipts are taken, at {@code /api/sms/receipts/twilio} and {@code …/webhook}. With
     * {@code twilio} that needs {@code PUBLIC_URL}.
     */
    @WithDefault("false")
    @Format(regexp = "true|false", message = "true or false")
    String receipts();

    /** The public URL of the mapping of OAuth. */
    @WithDefault("${kriya.oauth.public-url:}")
    Optional<String> publicUrl();

    /** The language of messages and of the login page for users whose browser prefers none of these. */
    @WithDefault("en")
    @Format(regexp = "ar|de|en|es|fr|hi|id|ja|pt|ru|zh", message = "ar, de, en, es, fr, hi, id, ja, pt, ru or zh")
    String language();

    /** The host of the page that asks for the code; by the message's last line browsers fill it in (WebOTP). */
    @Format(
            regexp = "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*",
            message = "the host of the page that asks for the code, or nothing")
    Optional<String> webotpHost();

    /**
     * A file of texts of one's own, read at start, with sender names and template ids: see
     * <a href="verification.md#message-texts">message texts</a>.
     */
    @Format(by = SmsTextsFile.class, method = "read", message = "the path of a file of texts, or nothing")
    Optional<String> textsFile();

    /** The hash of an Android app, appended to messages so that the app gets them (SMS Retriever). */
    @Format(regexp = "[A-Za-z0-9+/]{11}", message = "the 11 characters of an Android app's hash, or nothing")
    Optional<String> appHash();

    /** What users know the service as; the message has to fit one SMS. */
    @WithDefault("Kriya")
    @Format(regexp = "[^\\p{Cntrl}{}]{1,30}", message = "1 to 30 characters, what people know the service as")
    String serviceName();

    /** Whether receipts of an SMS provider are taken. */
    default boolean takesReceipts(String sender) {
        return receipts().equals("true") && names().contains(sender);
    }

    /** The names of the SMS providers. */
    default List<String> names() {
        return senders().orElse(List.of()).stream().map(String::strip).toList();
    }

    default Duration timeout() {
        return Duration.ofMillis(timeoutMillis());
    }

    /** An account at Twilio. */
    interface Twilio {

        /** The account's SID. */
        @Format(regexp = "AC[0-9a-fA-F]{32}", message = "AC and 32 hexadecimal digits, or nothing")
        Optional<String> accountSid();

        /** The account's token, a secret. */
        @Format(regexp = "[!-~]+", message = "the account's secret, or nothing")
        Optional<String> authToken();

        /** The number, or the name, that messages come from; not needed with a messaging service. */
        @Format(
                regexp = "\\+[0-9]{5,15}|[A-Za-z0-9 ]{1,11}",
                message = "a number such as +12025550100 or a name of up to 11 letters and digits, or nothing")
        Optional<String> from();

        /** The SID of a messaging service that picks the sender; it wins over {@code TWILIO_FROM}. */
        @Format(regexp = "MG[0-9a-fA-F]{32}", message = "MG and 32 hexadecimal digits, or nothing")
        Optional<String> messagingServiceSid();

        /** The number that calls come from, with the sender {@code voice}; by default {@code TWILIO_FROM}. */
        @Format(regexp = "\\+[0-9]{5,15}", message = "a number such as +12025550100, or nothing")
        Optional<String> voiceFrom();

        /** A call can't come from a name. */
        default Optional<String> callsFrom() {
            return voiceFrom().or(() -> from().filter(number -> number.startsWith("+")));
        }

        /** The URL of Twilio's API, for a region. */
        @WithDefault("https://api.twilio.com")
        @Format(by = HttpUrl.class, method = "isServer", message = "a URL such as https://api.twilio.com")
        String baseUrl();
    }

    /** A number of Meta's WhatsApp Cloud API. */
    interface WhatsApp {

        /** The id of the number that messages come from. */
        @Format(regexp = "[0-9]{5,20}", message = "the id of a number, up to 20 digits, or nothing")
        Optional<String> phoneNumberId();

        /** The access token, a secret. */
        @Format(regexp = "[!-~]+", message = "the access token, or nothing")
        Optional<String> accessToken();

        /** The name of an authentication template with a button that copies the code. */
        @Format(regexp = "[a-z0-9_]{1,512}", message = "the name of a template, or nothing")
        Optional<String> template();

        /** The languages that the template is in, by Meta's codes; the first is for users with any other. */
        @WithDefault("en")
        @Format(regexp = "[a-z]{2,3}(_[A-Z]{2})?", message = "codes of languages such as en,es,pt_BR,zh_CN")
        List<String> languages();

        /** The URL of Meta's Graph API, with its version. */
        @WithDefault("https://graph.facebook.com/v23.0")
        @Format(by = HttpUrl.class, method = "isServer", message = "a URL such as https://graph.facebook.com/v23.0")
        String baseUrl();
    }

    /** A gateway of one's own. */
    interface Webhook {

        /** The URL that messages are posted to. */
        @Format(
                by = HttpUrl.class,
                method = "isServer",
                message = "a URL such as https://sms.example.com/send, or nothing")
        Optional<String> url();

        /** The secret that posts are signed with. */
        @Format(by = WebhookSecret.class, message = "whsec_ and 24 to 64 bytes in base64, or nothing")
        Optional<String> secret();
    }

    @Override
    default Stream<String> problems() {
        List<String> names = isSms() ? names() : List.of();
        return Stream.of(
                unless(
                        !isSms() || !names.isEmpty(),
                        "SMS_SENDERS is required with PHONE_VERIFICATION=sms; it takes twilio, webhook, whatsapp and voice,"
                                + " separated by commas."),
                unless(
                        !names.contains("log"),
                        "SMS_SENDERS takes twilio, webhook, whatsapp and voice in production; log shows every code to whoever reads"
                                + " it."),
                requiredBy("twilio", names, "TWILIO_ACCOUNT_SID", twilio().accountSid()),
                requiredBy("twilio", names, "TWILIO_AUTH_TOKEN", twilio().authToken()),
                requiredBy("voice", names, "TWILIO_ACCOUNT_SID", twilio().accountSid()),
                requiredBy("voice", names, "TWILIO_AUTH_TOKEN", twilio().authToken()),
                requiredBy("voice", names, "TWILIO_VOICE_FROM", twilio().callsFrom()),
                requiredBy(
                        "whatsapp",
                        names,
                        "WHATSAPP_PHONE_NUMBER_ID",
                        whatsapp().phoneNumberId()),
                requiredBy(
                        "whatsapp", names, "WHATSAPP_ACCESS_TOKEN", whatsapp().accessToken()),
                requiredBy("whatsapp", names, "WHATSAPP_TEMPLATE", whatsapp().template()),
                unless(
                        !isSms()
                                || channels().orElse(List.of()).stream()
                                        .map(entry -> Channel.of(entry.substring(3)))
                                        .allMatch(channel ->
                                                names.stream().map(Channel::of).anyMatch(channel::equals)),
                        "SMS_CHANNELS names a channel that no sender in SMS_SENDERS has."),
                requiredBy(
                        "twilio",
                        names,
                        "TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID",
                        twilio().messagingServiceSid().or(twilio()::from)),
                unless(
                        !names.contains("twilio") && !names.contains("voice")
                                || receipts().equals("false")
                                || publicUrl().isPresent(),
                        "PUBLIC_URL is required by SMS_RECEIPTS, as Twilio posts receipts to it."),
                requiredBy("webhook", names, "SMS_WEBHOOK_URL", webhook().url()),
                requiredBy("webhook", names, "SMS_WEBHOOK_SECRET", webhook().secret()));
    }

    private static String requiredBy(String sender, List<String> names, String name, Optional<String> value) {
        return unless(value.isPresent() || !names.contains(sender), name + " is required by what SMS_SENDERS names.");
    }
}
