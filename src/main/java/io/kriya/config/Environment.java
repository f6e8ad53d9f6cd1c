package io.kriya.config;

import io.kriya.database.DatabaseConfig;
import io.kriya.database.DatabaseUrl;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The settings of docs/configuration.md, translated to the configuration keys of Kriya and of Quarkus. A value that
 * can't be used ends the start with one sentence that names the variable and never shows the value, before anything is
 * touched.
 */
public final class Environment implements ConfigSourceFactory {

    /** Below the environment, a .env file and system properties, so that Quarkus's own names win; above the defaults. */
    private static final int ORDINAL = 275;

    /** All of them. Here, as a class that others are made of may not want those others to be initialised. */
    static final List<Setting> SETTINGS = Stream.of(Setting.GENERAL, VerificationSettings.ALL, OAuthSettings.ALL)
            .flatMap(List::stream)
            .toList();

    /** Those of the command {@code migrate}: where nothing is served, the others may be missing or wrong. */
    private static final List<String> MIGRATION_SETTINGS =
            List.of("DATABASE_URL", "DATABASE_WAIT_SECONDS", "LOG_FORMAT", "DEBUG");

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        if (isBuild()) {
            return List.of();
        }
        Map<String, String> keys = new HashMap<>();
        // More connections than the database's cores can work on only make every request wait longer.
        keys.put("quarkus.datasource.jdbc.max-size", Integer.toString(Math.max(4, 3 * cores())));
        boolean migrates = value(context, DatabaseConfig.MIGRATE_ONLY)
                .filter("true"::equals)
                .isPresent();
        for (Setting setting : SETTINGS) {
            if (!migrates || MIGRATION_SETTINGS.contains(setting.name())) {
                value(context, setting.name()).ifPresent(value -> keys.putAll(translate(setting, value)));
            }
        }
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            requireDatabase(context, keys);
        }
        if (LaunchMode.current() == LaunchMode.NORMAL && !migrates) {
            requireKeyOfPlane(context, keys);
            refuseOnePortForBoth(keys);
            Map<String, String> effective = effective(context, keys);
            VerificationSettings.unsafe(effective, Instant.now())
                    .or(() -> OAuthSettings.unsafe(effective))
                    .or(() -> takenPort(context, keys))
                    .ifPresent(sentence -> {
                        throw refusal(sentence);
                    });
        } else {
            // Whoever develops reads the code in the log.
            keys.putIfAbsent("kriya.sms.senders", "log");
        }
        List<ConfigSource> sources = new ArrayList<>();
        sources.add(new PropertiesConfigSource(keys, "the environment's settings", ORDINAL));
        if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
            sources.addAll(devMode(context, keys));
        }
        return sources;
    }

    /** The build reads the configuration too; what it saw of the builder's environment would be kept in the package. */
    private static boolean isBuild() {
        return LaunchMode.current() == LaunchMode.NORMAL && ApplicationLifecycleManager.getCurrentApplication() == null;
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
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
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Map<String, String> translate(Setting setting, String value) {
        try {
            return setting.keys().apply(value);
        } catch (DatabaseUrl.Unreadable unreadable) {
            throw refusal(setting.name() + " takes " + setting.takes() + "; " + unreadable.getMessage() + ".");
        } catch (IllegalArgumentException other) {
            throw refusal(setting.name() + " takes " + setting.takes() + ".");
        }
    }

    /** A key's own name, in the environment say, wins over the setting that becomes it. */
    private static Map<String, String> effective(ConfigSourceContext context, Map<String, String> keys) {
        Map<String, String> effective = new HashMap<>(keys);
        Stream.concat(VerificationSettings.KEYS.stream(), OAuthSettings.KEYS.stream())
                .forEach(key -> byItsOwnName(context, key).ifPresent(value -> effective.put(key, value)));
        return effective;
    }

    private static String effective(
            ConfigSourceContext context, Map<String, String> keys, String key, String defaultValue) {
        return byItsOwnName(context, key)
                .or(() -> Optional.ofNullable(keys.get(key)))
                .or(() -> Optional.ofNullable(context.getValue(key)).map(ConfigValue::getRawValue))
                .orElse(defaultValue);
    }

    /** What has a lower ordinal is a default. */
    private static Optional<String> byItsOwnName(ConfigSourceContext context, String key) {
        return Optional.ofNullable(context.getValue(key))
                .filter(value -> value.getConfigSourceOrdinal() > ORDINAL)
                .map(ConfigValue::getRawValue);
    }

    private static void requireDatabase(ConfigSourceContext context, Map<String, String> keys) {
        if (!isDatabaseNamed(context, keys)) {
            throw refusal("DATABASE_URL is required; it takes " + Setting.DATABASE_URL.takes() + ".");
        }
    }

    private static void requireKeyOfPlane(ConfigSourceContext context, Map<String, String> keys) {
        if (!keys.containsKey("kriya.plane.api-key")
                && value(context, "kriya.plane.api-key")
                        .filter(key -> key.length() >= 16)
                        .isEmpty()) {
            throw refusal("PLANE_API_KEY is required; it takes " + Setting.PLANE_API_KEY.takes() + ".");
        }
    }

    /** Two servers on one port would take turns. */
    private static void refuseOnePortForBoth(Map<String, String> keys) {
        String port = keys.getOrDefault("quarkus.http.port", "8001");
        if (port.equals(keys.getOrDefault("quarkus.management.port", "9000"))) {
            throw refusal("MANAGEMENT_PORT takes another port than PORT, and both are " + port + ".");
        }
    }

    private static boolean isDatabaseNamed(ConfigSourceContext context, Map<String, String> keys) {
        return keys.containsKey("quarkus.datasource.jdbc.url")
                || value(context, "quarkus.datasource.jdbc.url")
                        .filter(url -> !url.isBlank())
                        .isPresent();
    }

    /** Before the database is touched, where the server would notice afterwards only. */
    private static Optional<String> takenPort(ConfigSourceContext context, Map<String, String> keys) {
        return ListeningPort.taken(
                        "PORT",
                        effective(context, keys, "quarkus.http.host", "0.0.0.0"),
                        effective(context, keys, "quarkus.http.port", "8001"))
                .or(() -> ListeningPort.taken(
                        "MANAGEMENT_PORT",
                        effective(context, keys, "quarkus.management.host", "0.0.0.0"),
                        effective(context, keys, "quarkus.management.port", "9000")));
    }

    /** By its name, because what only dev mode needs is not in the package. */
    private static List<ConfigSource> devMode(ConfigSourceContext context, Map<String, String> keys) {
        Map<String, String> settings = new HashMap<>(effective(context, keys));
        List.of("quarkus.http.host", "quarkus.http.port")
                .forEach(key -> settings.put(key, effective(context, keys, key, "")));
        try {
            var mode = (DevSources) Class.forName("io.kriya.dev.DevMode")
                    .getDeclaredConstructor()
                    .newInstance();
            return mode.of(settings, isDatabaseNamed(context, keys));
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static ConfigurationException refusal(String sentence) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            // Nothing has been started yet that wants stopping, and an exit in good order would print what is queued
            // for a log that is not configured yet.
            System.err.println(sentence);
            Runtime.getRuntime().halt(1);
        }
        return new ConfigurationException(sentence);
    }
}
