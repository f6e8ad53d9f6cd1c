package io.kriya.sms;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How texts are sent, and what they say. */
@ConfigMapping(prefix = "kriya.sms")
public interface SmsConfig {

    /** What sends texts, in the order in which it is tried: {@code twilio}, {@code webhook}, {@code log}. */
    Optional<List<String>> senders();

    /** Milliseconds that each sender may take in all, 100 to 30000; half of them to connect. */
    @WithDefault("5000")
    int timeoutMillis();

    /** Needed where {@code twilio} sends. */
    Twilio twilio();

    /** Needed where {@code webhook} sends. */
    Webhook webhook();

    /**
     * The language of texts to people who ask for none that there is: {@code ar}, {@code de}, {@code en}, {@code es}, {@code fr},
     * {@code hi}.
     */
    @WithDefault("en")
    String language();

    /** The host of the page that asks for the code; texts then end with the line by which browsers fill it in (WebOTP). */
    Optional<String> webotpHost();

    /** What texts call this service; short, because a text is one SMS. */
    @WithDefault("Kriya")
    String serviceName();

    default Duration timeout() {
        return Duration.ofMillis(timeoutMillis());
    }

    /** An account of Twilio. */
    interface Twilio {

        /** The account's SID. */
        Optional<String> accountSid();

        /** The account's token, a secret. */
        Optional<String> authToken();

        /** The number or name that texts come from; not needed with a messaging service. */
        Optional<String> from();

        /** The SID of the messaging service that picks whom texts come from; it wins over {@link #from()}. */
        Optional<String> messagingServiceSid();

        /** Where Twilio's API is. */
        @WithDefault("https://api.twilio.com")
        String baseUrl();
    }

    /** A gateway of one's own. */
    interface Webhook {

        /** Where texts are posted to. */
        Optional<String> url();

        /** The secret that these posts are signed with: {@code whsec_} and the base64 of 24 to 64 bytes. */
        Optional<String> secret();
    }
}
