package io.kriya.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Kriya's settings, as a start reads and checks them. */
public final class KnownSettings {

    private static final Path SOURCES = Path.of("src/main/java");

    private static final Validator VALIDATOR = Validation.byProvider(HibernateValidator.class)
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private KnownSettings() {}

    /** Whether there is a setting of this name that takes this value. */
    public static boolean accepts(String name, String value) {
        Map<String, String> environment = new HashMap<>(Map.of("PLANE_API_KEY", "a-key-of-16-characters"));
        environment.put("DATABASE_URL", "postgresql://nobody@localhost/nothing");
        environment.put(name, value);
        return Variable.ALL.containsKey(name)
                && problems(keys(environment), mappings().toArray(Class[]::new)).stream()
                        .noneMatch(problem -> problem.startsWith(name + " "));
    }

    /** What is wrong with these variables in production, one sentence each. */
    static List<String> problems(Map<String, String> keys, Class<?>... mappings) {
        try {
            builder(keys, mappings)
                    .withValidator((BeanValidationConfigValidator) () -> VALIDATOR)
                    .build();
            return List.of();
        } catch (ConfigValidationException invalid) {
            return List.copyOf(StartFailure.sentences(invalid));
        }
    }

    /** A mapping of these variables, whatever is wrong with them. */
    static <T> T mapping(Map<String, String> environment, Class<T> type) {
        return builder(keys(environment), type).build().getConfigMapping(type);
    }

    static Map<String, String> keys(Map<String, String> environment) {
        return EnvironmentNames.keys(name -> Optional.ofNullable(environment.get(name)));
    }

    private static SmallRyeConfigBuilder builder(Map<String, String> keys, Class<?>... mappings) {
        var builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(keys, "the test", 100))
                // No ports of this machine are looked at.
                .withDefaultValues(Map.of(
                        "quarkus.http.host", "nowhere.invalid",
                        "quarkus.http.port", "8001",
                        "quarkus.management.host", "nowhere.invalid",
                        "quarkus.management.port", "9000"));
        for (Class<?> mapping : mappings) {
            builder.withMapping(ConfigMappings.ConfigClass.configClass(mapping));
        }
        return builder;
    }

    /** All mappings of Kriya. */
    static List<Class<?>> mappings() {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith("Config.java"))
                    .map(file -> SOURCES.relativize(file).toString())
                    .<Class<?>>map(file -> type(
                            file.substring(0, file.length() - ".java".length()).replace('/', '.')))
                    .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
