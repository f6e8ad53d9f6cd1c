package io.kriya.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * An environment variable, as environment.properties has it.
 *
 * @param keys the configuration keys that it sets; the first is the one of its mapping
 * @param flags {@code #} for a number, {@code []} for a list by commas or as JSON, {@code ?} if empty is unset
 */
record Variable(List<String> keys, String flags) {

    static final Map<String, Variable> ALL = load();

    private static Map<String, Variable> load() {
        var properties = new Properties();
        try (InputStream file = Variable.class.getResourceAsStream("/environment.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Variable> variables = new TreeMap<>();
        properties.forEach((name, line) -> {
            String[] parts = (line + " ").split(" (?=[^a-z]*$)", 2);
            variables.put((String) name, new Variable(List.of(parts[0].split(", ")), parts[1]));
        });
        return variables;
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    /** The variable that sets the key of a mapping. */
    static Optional<String> ofKey(String key) {
        return ALL.keySet().stream()
                .filter(name -> ALL.get(name).keys.getFirst().equals(key))
                .findFirst();
    }
}
