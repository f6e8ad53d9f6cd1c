package io.kriya.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kriya.database.DatabaseConfig;
import io.kriya.database.DatabaseUrl;
import io.kriya.setting.Switch;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Maps environment variables to configuration keys. The mappings check the values. */
public final class EnvironmentNames implements ConfigSourceFactory {

    /** Below the environment, a .env file and system properties, so that Quarkus's own names win. */
    private static final int ORDINAL = 275;

    /** The command {@code migrate} reads no others: as nothing is served, they may be missing or wrong. */
    private static final List<String> OF_MIGRATION =
            List.of("DATABASE_URL", "DATABASE_WAIT_SECONDS", "LOG_FORMAT", "DEBUG");

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        boolean isNormal = LaunchMode.current() == LaunchMode.NORMAL;
        if (isNormal && ApplicationLifecycleManager.getCurrentApplication() == null) {
            // The build reads the configuration too, and would keep the builder's environment in the package.
            return List.of();
        }
        if (isNormal) {
            StartFailure.dropQueuedLog();
        }
        Map<String, String> keys =
                keys(name -> isMigration() && !OF_MIGRATION.contains(name) ? Optional.empty() : value(context, name));
        // More connections than the database's cores can work on only make every request wait longer.
        keys.putIfAbsent(
                "quarkus.datasource.jdbc.max-size",
                Integer.toString(Math.max(4, 3 * Runtime.getRuntime().availableProcessors())));
        if (!isNormal) {
            // Developers read the code in the log.
            keys.putIfAbsent("kriya.sms.senders", "log");
        }
        List<ConfigSource> sources = new ArrayList<>();
        sources.add(new PropertiesConfigSource(keys, "the environment's settings", ORDINAL));
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            sources.addAll(devSources(context, keys));
        }
        return sources;
    }

    static boolean isMigration() {
        return Boolean.getBoolean(DatabaseConfig.MIGRATE_ONLY);
    }

    /** The configuration keys that variables of these values set. */
    static Map<String, String> keys(Function<String, Optional<String>> values) {
        Map<String, String> keys = new HashMap<>();
        Variable.ALL.forEach((name, variable) -> values.apply(name)
                .map(value -> variable.has("[]") ? String.join(",", entries(value)) : value)
                .filter(value -> !value.isEmpty() || !variable.has("?"))
                .ifPresent(value -> {
                    if (variable.has("#") && !value.matches("[0-9]{1,9}")) {
                        // A number that no range contains: the mapping refuses it, and Quarkus has its default.
                        keys.put(variable.keys().getFirst(), Integer.toString(Integer.MIN_VALUE));
                    } else {
                        // SmallRye takes an empty text for the default; the mapping refuses a blank one.
                        variable.keys().forEach(key -> keys.put(key, value.isEmpty() ? " " : escaped(value)));
                        derive(name, value, keys);
                    }
                }));
        return keys;
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        if (value == null || value.getRawValue() == null) {
            return Optional.empty();
        }
        boolean fromFile = String.valueOf(value.getConfigSourceName()).contains(".env");
        return Optional.of(fromFile ? unquoted(value.getRawValue().strip()) : value.getRawValue());
    }

    /** In a .env file people quote values as a shell wants it. */
    private static String unquoted(String value) {
        return value.replaceFirst("^([\"'])(.*)\\1$", "$2");
    }

    /** A dollar sign is a dollar sign, not the start of an expression. */
    private static String escaped(String value) {
        return value.replace("$", "\\$");
    }

    /** The entries of a list. Malformed JSON is split at its commas, and refused by the mapping. */
    private static List<String> entries(String value) {
        return (value.strip().startsWith("[") ? json(value) : Stream.of(value.split(",")))
                .map(entry -> String.valueOf(entry).strip())
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static Stream<String> json(String value) {
        try {
            return Stream.of(new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(value, String[].class));
        } catch (JsonProcessingException _) {
            return Stream.of(value.split(","));
        }
    }

    /** Sets keys of Quarkus that take another value than the variable's. */
    private static void derive(String name, String value, Map<String, String> keys) {
        switch (name) {
            case "LOG_FORMAT" -> keys.put("quarkus.log.console.json.enabled", Boolean.toString(value.equals("json")));
            case "DEBUG" -> {
                if (Switch.isOn(value)) {
                    keys.put("quarkus.log.category.\"io.kriya\".level", "DEBUG");
                }
            }
            case "OTEL_EXPORTER_OTLP_ENDPOINT" -> keys.put("quarkus.otel.sdk.disabled", "false");
            case "DATABASE_URL" -> dataSource(value, keys);
            case "DATABASE_TIMEOUT_MILLIS" ->
                // Whole seconds, and later than the deadline: it ends what no request waits for any more.
                keys.put(
                        "quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout",
                        Integer.toString(Integer.parseInt(value) / 1000 + 2));
            case "TOKEN_CLEANUP_MINUTES" ->
                keys.put("kriya.token.cleanup-jitter-seconds", Integer.toString(Integer.parseInt(value) * 6));
            default -> {
                // Its value is the key's.
            }
        }
    }

    private static void dataSource(String value, Map<String, String> keys) {
        try {
            var url = DatabaseUrl.parse(value);
            keys.put("quarkus.datasource.jdbc.url", escaped(url.jdbcUrl()));
            url.user().ifPresent(user -> keys.put("quarkus.datasource.username", escaped(user)));
            url.password().ifPresent(password -> keys.put("quarkus.datasource.password", escaped(password)));
            if (url.jdbcUrl().contains("statement_timeout")) {
                // The operator's own timeout stands.
                keys.put("quarkus.datasource.jdbc.new-connection-sql", "${plan-once}");
            }
        } catch (DatabaseUrl.Unreadable _) {
            // The mapping says why.
        }
    }

    /** By its name, because what only dev mode needs is not in the package. */
    private static List<ConfigSource> devSources(ConfigSourceContext context, Map<String, String> keys) {
        try {
            var mode = (DevSources) Class.forName("io.kriya.dev.DevMode")
                    .getDeclaredConstructor()
                    .newInstance();
            return mode.of(key -> effective(context, keys, key));
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** A key's own name wins over the variable that sets it; what has a lower ordinal is a default. */
    private static Optional<String> effective(ConfigSourceContext context, Map<String, String> keys, String key) {
        Optional<ConfigValue> own = Optional.ofNullable(context.getValue(key));
        return own.filter(value -> value.getConfigSourceOrdinal() > ORDINAL)
                .map(ConfigValue::getRawValue)
                .or(() -> Optional.ofNullable(keys.get(key)))
                .or(() -> own.map(ConfigValue::getRawValue))
                .filter(value -> !value.isEmpty());
    }
}
