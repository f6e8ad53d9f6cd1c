package io.kriya.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.error.ErrorCode;
import io.kriya.validation.ViolationCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentationTest {

    @Test
    void everyErrorIsDocumented() throws IOException {
        String page = Files.readString(Path.of("docs/api.md"));
        for (ErrorCode error : ErrorCode.values()) {
            assertThat(page).contains("| %d | `%s` | %s |".formatted(error.status(), error.code(), error.meaning()));
        }
        for (ViolationCode reason : ViolationCode.values()) {
            assertThat(page).contains("| `%s` | %s |".formatted(reason.code(), reason.meaning()));
        }
    }
}
