package io.kriya.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dkriya.write-configuration} writes what is missing. */
class ConfigurationPageTest {

    private interface Generator {
        String of(String old) throws IOException;
    }

    private static void assertCurrent(Path file, Generator generator) throws IOException {
        String old = Files.readString(file);
        String current = generator.of(old);
        if (System.getProperty("kriya.write-configuration") != null) {
            Files.writeString(file, current);
        } else {
            assertThat(old)
                    .as("%s: write it with ./mvnw test -Dtest=ConfigurationPageTest -Dkriya.write-configuration", file)
                    .isEqualTo(current);
        }
    }

    @Test
    void thePageOfSettingsIsThatOfTheMappings() throws IOException {
        assertCurrent(Path.of("docs/configuration.md"), ConfigurationPage::page);
    }

    @Test
    void theExampleOfAFileIsThatOfTheMappings() throws IOException {
        assertCurrent(Path.of(".env.example"), ConfigurationPage::example);
    }
}
