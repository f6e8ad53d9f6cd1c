package io.kriya.loginpage.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {

    private static final Path MESSAGES = Path.of("src/main/resources/messages");
    private static final Pattern PARAMETER = Pattern.compile("\\{([^#/}][^}]*)}");

    static Stream<Path> languages() throws IOException {
        try (var files = Files.list(MESSAGES)) {
            return files.toList().stream();
        }
    }

    private static Properties read(Path file) throws IOException {
        var messages = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            messages.load(reader);
        }
        return messages;
    }

    private static Set<String> parameters(String message) {
        return PARAMETER.matcher(message).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aLanguageSaysAllThatEnglishSays(Path file) throws IOException {
        Properties english = read(MESSAGES.resolve("login_en.properties"));
        Properties messages = read(file);
        assertThat(messages.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Messages.class.getMethods())
                        .map(method -> method.getName())
                        .collect(Collectors.toCollection(TreeSet::new)));
        for (String key : messages.stringPropertyNames()) {
            String message = messages.getProperty(key);
            assertThat(message).as(key).isNotBlank().doesNotContain("<", ">", "&");
            assertThat(parameters(message)).as(key).isEqualTo(parameters(english.getProperty(key)));
        }
        assertThat(messages.getProperty("direction")).isIn("ltr", "rtl");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void aLanguageIsNotEnglishInPart(Path file) throws IOException {
        Properties english = read(MESSAGES.resolve("login_en.properties"));
        Properties messages = read(file);
        if (!messages.equals(english)) {
            // Error: is Spanish too.
            assertThat(messages.stringPropertyNames())
                    .filteredOn(key -> !Set.of("direction", "error").contains(key))
                    .allSatisfy(key -> assertThat(messages.getProperty(key)).isNotEqualTo(english.getProperty(key)));
        }
    }
}
