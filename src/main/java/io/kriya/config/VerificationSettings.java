package io.kriya.config;

import io.kriya.account.PhoneFormat;
import io.kriya.account.TestNumbers;
import io.kriya.http.address.Network;
import io.kriya.limit.Limit;
import io.kriya.sms.WebhookSecret;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of verification, and which of them, each alone right, production refuses to start with. */
final class VerificationSettings {

    private static final int MOST_DAYS = 90;

    private static final String HOST = "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*";

    static final Setting SECRET_KEY = new Setting(
            "SECRET_KEY",
            "a secret of at least 32 characters",
            value -> value.isEmpty() ? Map.of() : Map.of("kriya.verification.secret-key", Setting.escaped(value)));

    static final List<Setting> ALL = List.of(
            new Setting("PHONE_VERIFICATION", "none or sms", Setting.choice("kriya.phone.verification", "none", "sms")),
            new Setting(
                    "PHONE_NUMBERS", "contract or strict", Setting.choice("kriya.phone.numbers", "contract", "strict")),
            new Setting("PLANE_EMAIL", "any or verified", Setting.choice("kriya.plane.email", "any", "verified")),
            SECRET_KEY,
            new Setting(
                    "SECRET_KEY_PREVIOUS",
                    SECRET_KEY.takes(),
                    value -> value.isEmpty()
                            ? Map.of()
                            : Map.of("kriya.verification.secret-key-previous", Setting.escaped(value))),
            new Setting(
                    "SMS_COUNTRIES",
                    "two-letter codes of countries with mobile phones, such as US,CA, separated by commas, or nothing",
                    Setting.list("kriya.phone.countries", PhoneFormat::isCountry)),
            new Setting(
                    "SMS_SENDERS",
                    "twilio, webhook or log, or several of them separated by commas, each once",
                    VerificationSettings::senders),
            new Setting(
                    "SMS_TIMEOUT_MILLIS",
                    "whole milliseconds from 100 to 30000",
                    Setting.number("kriya.sms.timeout-millis", 100, 30_000)),
            new Setting(
                    "SMS_LANGUAGE",
                    "ar, de, en, es, fr or hi",
                    Setting.choice("kriya.sms.language", "ar", "de", "en", "es", "fr", "hi")),
            new Setting(
                    "SMS_WEBOTP_HOST",
                    "the host of the page that asks for the code, or nothing",
                    Setting.text("kriya.sms.webotp-host", HOST)),
            new Setting(
                    "SMS_SERVICE_NAME",
                    "1 to 30 characters, what people know the service as",
                    Setting.text("kriya.sms.service-name", "[^\\p{Cntrl}{}]{1,30}")),
            new Setting(
                    "TWILIO_ACCOUNT_SID",
                    "AC and 32 hexadecimal digits, or nothing",
                    Setting.text("kriya.sms.twilio.account-sid", "AC[0-9a-fA-F]{32}")),
            new Setting(
                    "TWILIO_AUTH_TOKEN",
                    "the account's secret, or nothing",
                    Setting.text("kriya.sms.twilio.auth-token", "[!-~]+")),
            new Setting(
                    "TWILIO_FROM",
                    "a number such as +12025550100 or a name of up to 11 letters and digits, or nothing",
                    Setting.text("kriya.sms.twilio.from", "\\+[0-9]{5,15}|[A-Za-z0-9 ]{1,11}")),
            new Setting(
                    "TWILIO_MESSAGING_SERVICE_SID",
                    "MG and 32 hexadecimal digits, or nothing",
                    Setting.text("kriya.sms.twilio.messaging-service-sid", "MG[0-9a-fA-F]{32}")),
            new Setting(
                    "TWILIO_BASE_URL",
                    "a URL such as https://api.twilio.com",
                    Setting.url("kriya.sms.twilio.base-url")),
            new Setting(
                    "SMS_WEBHOOK_URL",
                    "a URL such as https://sms.example.com/send, or nothing",
                    Setting.url("kriya.sms.webhook.url")),
            new Setting(
                    "SMS_WEBHOOK_SECRET",
                    "whsec_ and 24 to 64 bytes in base64, or nothing",
                    VerificationSettings::webhookSecret),
            new Setting(
                    "SMS_TEST_NUMBERS",
                    "numbers with their codes, such as +15555550100=123456, separated by commas, or nothing",
                    VerificationSettings::testNumbers),
            new Setting("SMS_TEST_NUMBERS_UNTIL", "a day such as 2026-12-31, or nothing", VerificationSettings::day),
            new Setting(
                    "SMS_CODE_SECONDS",
                    "whole seconds from 60 to 3600",
                    Setting.number("kriya.verification.code-seconds", 60, 3600)),
            limit("SMS_LIMIT_NUMBER", "kriya.verification.limit-number"),
            limit("SMS_LIMIT_WRONG_CODES", "kriya.verification.limit-wrong-codes"),
            limit("SMS_LIMIT_ADDRESS", "kriya.verification.limit-address"),
            limit("SMS_LIMIT_COUNTRY", "kriya.verification.limit-country"),
            limit("SMS_LIMIT_TOTAL", "kriya.verification.limit-total"),
            new Setting(
                    "ACCOUNT_DORMANT_DAYS",
                    "whole days from 0 to 36500",
                    Setting.number("kriya.verification.dormant-days", 0, 36_500)),
            new Setting(
                    "TRUSTED_PROXIES",
                    "addresses and networks such as 10.0.0.0/8, separated by commas, or nothing",
                    Setting.list("kriya.client.trusted-proxies", VerificationSettings::isNetwork)));

    /** What {@link #unsafe} looks at. */
    static final List<String> KEYS = List.of(
            "kriya.phone.verification",
            "kriya.phone.test-numbers",
            "kriya.phone.test-numbers-until",
            "kriya.verification.secret-key",
            "kriya.verification.secret-key-previous",
            "kriya.sms.senders",
            "kriya.sms.twilio.account-sid",
            "kriya.sms.twilio.auth-token",
            "kriya.sms.twilio.from",
            "kriya.sms.twilio.messaging-service-sid",
            "kriya.sms.webhook.url",
            "kriya.sms.webhook.secret");

    private VerificationSettings() {}

    private static Setting limit(String name, String key) {
        return new Setting(name, "how many within how long, such as 20/24h (s, m, h or d)", value -> {
            Limit.parse(value);
            return Map.of(key, value);
        });
    }

    /** Not the whole world: anybody would be believed. */
    private static boolean isNetwork(String value) {
        return Network.parse(value).prefix() > 0;
    }

    private static Map<String, String> senders(String value) {
        List<String> senders = Setting.entries(value);
        senders.forEach(sender -> Setting.oneOf(sender, "twilio", "webhook", "log"));
        if (senders.stream().distinct().count() < senders.size()) {
            throw new IllegalArgumentException();
        }
        return senders.isEmpty() ? Map.of() : Map.of("kriya.sms.senders", String.join(",", senders));
    }

    private static Map<String, String> webhookSecret(String value) {
        if (value.isEmpty()) {
            return Map.of();
        }
        WebhookSecret.parse(value);
        return Map.of("kriya.sms.webhook.secret", value);
    }

    private static Map<String, String> testNumbers(String value) {
        List<String> entries = Setting.entries(value);
        TestNumbers.parse(entries);
        return entries.isEmpty() ? Map.of() : Map.of("kriya.phone.test-numbers", String.join(",", entries));
    }

    private static Map<String, String> day(String value) {
        try {
            return value.isEmpty()
                    ? Map.of()
                    : Map.of(
                            "kriya.phone.test-numbers-until",
                            LocalDate.parse(value).toString());
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    /** The sentence that says what is missing or dangerous; empty where nothing is. */
    static Optional<String> unsafe(Map<String, String> keys, Instant now) {
        return Stream.of(verification(keys), endlessTestNumbers(keys, now))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> verification(Map<String, String> keys) {
        if (!keys.getOrDefault("kriya.phone.verification", "none").equals("sms")) {
            return Optional.empty();
        }
        if (!Setting.isLong(keys.getOrDefault("kriya.verification.secret-key", ""))) {
            return Optional.of(
                    "SECRET_KEY is required with PHONE_VERIFICATION=sms; it takes " + SECRET_KEY.takes() + ".");
        }
        if (keys.containsKey("kriya.verification.secret-key-previous")
                && !Setting.isLong(keys.get("kriya.verification.secret-key-previous"))) {
            return Optional.of("SECRET_KEY_PREVIOUS takes " + SECRET_KEY.takes() + ".");
        }
        if (!keys.containsKey("kriya.sms.senders")) {
            return Optional.of(
                    "SMS_SENDERS is required with PHONE_VERIFICATION=sms; it takes twilio or webhook, or both"
                            + " separated by a comma.");
        }
        return List.of(keys.get("kriya.sms.senders").split(",")).stream()
                .flatMap(sender -> sender(sender, keys).stream())
                .findFirst();
    }

    private static Optional<String> sender(String name, Map<String, String> keys) {
        return switch (name) {
            case "log" ->
                Optional.of(
                        "SMS_SENDERS takes twilio and webhook in production; log shows every code to whoever reads it.");
            case "twilio" ->
                required("TWILIO_ACCOUNT_SID", "kriya.sms.twilio.account-sid", keys)
                        .or(() -> required("TWILIO_AUTH_TOKEN", "kriya.sms.twilio.auth-token", keys))
                        .or(() -> keys.containsKey("kriya.sms.twilio.messaging-service-sid")
                                ? Optional.empty()
                                : required(
                                        "TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID", "kriya.sms.twilio.from", keys));
            default ->
                required("SMS_WEBHOOK_URL", "kriya.sms.webhook.url", keys)
                        .or(() -> required("SMS_WEBHOOK_SECRET", "kriya.sms.webhook.secret", keys));
        };
    }

    private static Optional<String> required(String name, String key, Map<String, String> keys) {
        return keys.containsKey(key) ? Optional.empty() : Optional.of(name + " is required by what SMS_SENDERS names.");
    }

    private static Optional<String> endlessTestNumbers(Map<String, String> keys, Instant now) {
        if (!keys.containsKey("kriya.phone.test-numbers")) {
            return Optional.empty();
        }
        LocalDate last = now.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(MOST_DAYS);
        return Optional.ofNullable(keys.get("kriya.phone.test-numbers-until"))
                        .map(LocalDate::parse)
                        .filter(until -> !until.isAfter(last))
                        .isPresent()
                ? Optional.empty()
                : Optional.of("SMS_TEST_NUMBERS_UNTIL is required with SMS_TEST_NUMBERS; it takes a day at most "
                        + MOST_DAYS + " days ahead.");
    }
}
