package io.kriya.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AttackTableTest {

    @Test
    void theTableOfAttacksIsComputedFromTheDefaults() throws IOException {
        assertThat(Files.readString(Path.of("docs/verification.md"))).contains(new AttackTable().text());
    }
}
