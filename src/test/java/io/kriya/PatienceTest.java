package io.kriya;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void noTestWaitsByAnotherMeasure() throws Exception {
        try (var files = Files.walk(Path.of("src/test/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.getFileName().toString().startsWith("Patience")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file).replaceAll("\\s", ""))
                            .doesNotContain("Awaitility.", "assertTimeout", "@Timeout")
                            .doesNotContainPattern("(atMost|Within)\\((?!Patience\\.)"));
        }
    }
}
