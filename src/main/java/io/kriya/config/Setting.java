package io.kriya.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kriya.database.DatabaseUrl;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One environment variable.
 *
 * @param name the variable
 * @param takes what it takes, to complete "NAME takes …"
 * @param keys the configuration keys that a value becomes; throws IllegalArgumentException for one that can't be used
 */
record Setting(String name, String takes, Function<String, Map<String, String>> keys) {

    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?");

    /** The fewest characters of a secret that others are derived from, or that a client proves itself by. */
    static final int LEAST_LONG = 32;

    static final Setting DATABASE_URL = new Setting(
            "DATABASE_URL", "a URL such as postgresql://user:password@host:5432/database", Setting::database);

    static final Setting PLANE_API_KEY = new Setting(
            "PLANE_API_KEY",
            "a secret of at least 16 characters, without blanks or line ends around it",
            key -> Map.of("kriya.plane.api-key", secret(key)));

    /** Those that belong to no part of Kriya alone. */
    static final List<Setting> GENERAL = List.of(
            DATABASE_URL,
            new Setting(
                    "DATABASE_POOL_SIZE",
                    "a whole number from 1 to 1000",
                    number("quarkus.datasource.jdbc.max-size", 1, 1000)),
            new Setting("DATABASE_TIMEOUT_MILLIS", "whole milliseconds from 100 to 60000", Setting::databaseTimeout),
            new Setting(
                    "DATABASE_WAIT_SECONDS",
                    "whole seconds from 0 to 3600",
                    number("kriya.database.wait-seconds", 0, 3600)),
            new Setting(
                    "DATABASE_LISTEN_URL",
                    DATABASE_URL.takes() + ", or nothing",
                    value -> value.isEmpty() ? Map.of() : listenUrl(value)),
            new Setting("HOST", "an address or name of this machine, such as 0.0.0.0", Setting::host),
            new Setting("PORT", "a port number from 1 to 65535", number("quarkus.http.port", 1, 65535)),
            new Setting(
                    "MANAGEMENT_PORT", "a port number from 1 to 65535", number("quarkus.management.port", 1, 65535)),
            new Setting(
                    "MAX_CONNECTIONS",
                    "a whole number from 10 to 1000000",
                    number("kriya.http.max-connections", 10, 1_000_000)),
            new Setting(
                    "BODY_TIMEOUT_SECONDS",
                    "whole seconds from 1 to 300",
                    number("kriya.http.body-timeout-seconds", 1, 300)),
            new Setting("API_DOCS", "true or false", choice("kriya.http.docs", "true", "false")),
            new Setting("LOG_FORMAT", "json or text", Setting::logFormat),
            new Setting("OTEL_EXPORTER_OTLP_ENDPOINT", "a URL such as http://collector:4317", Setting::tracing),
            new Setting(
                    "OTEL_EXPORTER_OTLP_PROTOCOL",
                    "grpc or http/protobuf",
                    value -> value.isEmpty()
                            ? Map.of()
                            : Map.of("quarkus.otel.exporter.otlp.protocol", oneOf(value, "grpc", "http/protobuf"))),
            new Setting("SHUTDOWN_DELAY_SECONDS", "whole seconds from 0 to 300", seconds("quarkus.shutdown.delay")),
            new Setting("SHUTDOWN_TIMEOUT_SECONDS", "whole seconds from 0 to 300", seconds("quarkus.shutdown.timeout")),
            new Setting(
                    "TOKEN_EXPIRY_HOURS", "whole hours from 1 to 87600", number("kriya.token.expiry-hours", 1, 87600)),
            new Setting(
                    "TOKEN_RETENTION_HOURS",
                    "whole hours from 0 to 87600",
                    number("kriya.token.retention-hours", 0, 87600)),
            new Setting("TOKEN_CLEANUP_MINUTES", "whole minutes from 1 to 1440", Setting::cleanup),
            new Setting(
                    "TOKEN_CACHE_SIZE",
                    "a whole number from 0 to 10000000",
                    number("kriya.token.cache-size", 0, 10_000_000)),
            new Setting(
                    "TOKEN_CACHE_OUTAGE_SECONDS",
                    "whole seconds from 0 to 3600",
                    number("kriya.token.cache-outage-seconds", 0, 3600)),
            PLANE_API_KEY,
            new Setting(
                    "PLANE_API_KEY_PREVIOUS",
                    PLANE_API_KEY.takes() + ", or nothing",
                    key -> key.isEmpty() ? Map.of() : Map.of("kriya.plane.api-key-previous", secret(key))),
            new Setting(
                    "ALLOWED_ORIGINS",
                    "origins such as https://plane.example.com, as a JSON list or separated by commas",
                    Setting::origins),
            new Setting("DEBUG", "true or false, or 1, 0, yes, no, on, off", Setting::debug));

    static Function<String, Map<String, String>> choice(String key, String... known) {
        return value -> value.isEmpty() ? Map.of() : Map.of(key, oneOf(value, known));
    }

    static Function<String, Map<String, String>> text(String key, String form) {
        return value -> {
            if (!value.isEmpty() && !value.matches(form)) {
                throw new IllegalArgumentException();
            }
            return value.isEmpty() ? Map.of() : Map.of(key, escaped(value));
        };
    }

    static Function<String, Map<String, String>> url(String key) {
        return value -> {
            if (!value.isEmpty() && !isUrl(value)) {
                throw new IllegalArgumentException();
            }
            return value.isEmpty() ? Map.of() : Map.of(key, escaped(value));
        };
    }

    static Function<String, Map<String, String>> list(String key, Predicate<String> isReadable) {
        return value -> {
            List<String> entries = entries(value);
            if (!entries.stream().allMatch(isReadable)) {
                throw new IllegalArgumentException();
            }
            return entries.isEmpty() ? Map.of() : Map.of(key, String.join(",", entries));
        };
    }

    static List<String> entries(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    static Function<String, Map<String, String>> number(String key, int least, int most) {
        return value -> Map.of(key, wholeNumber(value, least, most));
    }

    private static Function<String, Map<String, String>> seconds(String key) {
        return value -> Map.of(key, wholeNumber(value, 0, 300) + "s");
    }

    private static Map<String, String> logFormat(String value) {
        boolean json = oneOf(value, "json", "text").equals("json");
        return Map.of("quarkus.log.console.json.enabled", Boolean.toString(json));
    }

    static String oneOf(String value, String... known) {
        if (!List.of(known).contains(value)) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static Map<String, String> tracing(String value) {
        if (value.isEmpty()) {
            return Map.of();
        }
        if (!isUrl(value)) {
            throw new IllegalArgumentException();
        }
        return Map.of("quarkus.otel.sdk.disabled", "false", "quarkus.otel.exporter.otlp.endpoint", escaped(value));
    }

    /** Of HTTP, without a password, a query or a fragment. */
    private static boolean isUrl(String value) {
        URI url = URI.create(value);
        return String.valueOf(url.getScheme()).matches("(?i)https?")
                && url.getHost() != null
                && url.getPort() <= 65535
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null;
    }

    private static String wholeNumber(String value, int least, int most) {
        if (!value.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException();
        }
        int number = Integer.parseInt(value);
        if (number < least || number > most) {
            throw new IllegalArgumentException();
        }
        return Integer.toString(number);
    }

    private static String secret(String value) {
        // Blanks around it and control characters never arrive in an HTTP header (RFC 9110, 5.5).
        boolean unsendable = !value.equals(value.strip()) || value.chars().anyMatch(Character::isISOControl);
        if (unsendable || value.codePointCount(0, value.length()) < 16) {
            throw new IllegalArgumentException();
        }
        return escaped(value);
    }

    private static Map<String, String> host(String value) {
        try {
            InetAddress address = InetAddress.getByName(value);
            if (value.isBlank() || !address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null) {
                throw new IllegalArgumentException();
            }
        } catch (UnknownHostException | SocketException unusable) {
            throw new IllegalArgumentException(unusable);
        }
        return Map.of("quarkus.http.host", value, "quarkus.management.host", value);
    }

    private static Map<String, String> database(String value) {
        var url = DatabaseUrl.parse(value);
        Map<String, String> keys = new HashMap<>();
        keys.put("quarkus.datasource.jdbc.url", escaped(url.jdbcUrl()));
        url.user().ifPresent(user -> keys.put("quarkus.datasource.username", escaped(user)));
        url.password().ifPresent(password -> keys.put("quarkus.datasource.password", escaped(password)));
        if (url.jdbcUrl().contains("statement_timeout")) {
            // The operator's own limit stands.
            keys.put("quarkus.datasource.jdbc.new-connection-sql", "${plan-once}");
        }
        return keys;
    }

    private static Map<String, String> listenUrl(String value) {
        DatabaseUrl.parse(value);
        return Map.of("kriya.token.listen-url", escaped(value));
    }

    private static Map<String, String> databaseTimeout(String value) {
        int millis = Integer.parseInt(wholeNumber(value, 100, 60_000));
        return Map.of(
                "kriya.database.timeout-millis",
                Integer.toString(millis),
                // Whole seconds, and later than the deadline: it ends what no request waits for any more.
                "quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout",
                Integer.toString(millis / 1000 + 2));
    }

    private static Map<String, String> cleanup(String value) {
        int minutes = Integer.parseInt(wholeNumber(value, 1, 1440));
        return Map.of(
                "kriya.token.cleanup-minutes", Integer.toString(minutes),
                "kriya.token.cleanup-jitter-seconds", Integer.toString(minutes * 6));
    }

    private static Map<String, String> origins(String value) {
        List<String> origins = value.strip().startsWith("[") ? json(value) : Arrays.asList(value.split(","));
        List<String> stripped =
                origins.stream().map(String::strip).filter(o -> !o.isEmpty()).toList();
        stripped.forEach(Setting::checkOrigin);
        return stripped.isEmpty() ? Map.of() : Map.of("quarkus.http.cors.origins", String.join(",", stripped));
    }

    private static List<String> json(String value) {
        try {
            return List.of(new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(value, String[].class));
        } catch (JsonProcessingException | NullPointerException unreadable) {
            throw new IllegalArgumentException(unreadable);
        }
    }

    /** An origin as browsers send it (RFC 6454, 6.2): nothing else can ever match. */
    private static void checkOrigin(String origin) {
        var match = ORIGIN.matcher(origin);
        if (!match.matches() || match.group(1) != null && Integer.parseInt(match.group(1)) > 65535) {
            throw new IllegalArgumentException();
        }
    }

    private static Map<String, String> debug(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> Map.of("quarkus.log.category.\"io.kriya\".level", "DEBUG");
            case "false", "0", "no", "off", "" -> Map.of();
            default -> throw new IllegalArgumentException();
        };
    }

    /** Whether the value of a key, as {@link #escaped} leaves it or not, is a secret that nobody guesses. */
    static boolean isLong(String value) {
        String plain = value.replace("\\$", "$").strip();
        return plain.codePointCount(0, plain.length()) >= LEAST_LONG;
    }

    /** A dollar sign is a dollar sign, not the start of an expression. */
    static String escaped(String value) {
        return value.replace("$", "\\$");
    }
}
