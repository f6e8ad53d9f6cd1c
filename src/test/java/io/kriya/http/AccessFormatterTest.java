package io.kriya.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.logging.json.runtime.JsonFormatter;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

/** A line that is made from another one is what the chosen formatter would have made. */
class AccessFormatterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00.123456Z");

    private final JsonFormatter json = new JsonFormatter();
    private final AccessFormatter access = new AccessFormatter(json);

    AccessFormatterTest() {
        json.setExcludedKeys(Set.of("sequence"));
    }

    @Test
    void linesOfOneMillisecondDifferInMessageAndRequestId() {
        for (int i = 0; i < 3; i++) {
            AccessLine line = line("GET /health 20" + i + " 0 ms", "id-" + i, NOW);
            assertThat(access.format(line)).isEqualTo(json.format(line));
        }
    }

    @Test
    void anotherMillisecondIsAnotherTime() {
        access.format(line("GET /health 200 0 ms", "one", NOW));
        AccessLine later = line("GET /health 200 0 ms", "two", NOW.plusMillis(1));
        assertThat(access.format(later)).isEqualTo(json.format(later)).contains("10:00:00.124456");
    }

    @Test
    void whatTheFormatEscapesIsEscaped() {
        access.format(line("GET /health 200 0 ms", "one", NOW));
        AccessLine quoted = line("GET /a\"b\\c 404 0 ms", "two", NOW);
        assertThat(access.format(quoted)).isEqualTo(json.format(quoted)).contains("/a\\\"b\\\\c");
    }

    @Test
    void aTraceIsInItsLine() {
        access.format(line("GET /health 200 0 ms", "one", NOW));
        var traced = new AccessLine("GET /health 200 0 ms", "two", Map.of("traceId", "4bf92f35"));
        traced.setInstant(NOW);
        assertThat(access.format(traced)).isEqualTo(json.format(traced)).contains("4bf92f35");
    }

    @Test
    void aFormatWithoutRequestIdsIsLeftAlone() {
        var plain = new PatternFormatter("%p %s%n");
        assertThat(new AccessFormatter(plain).format(line("GET /health 200 0 ms", "one", NOW)))
                .isEqualTo("INFO GET /health 200 0 ms\n");
    }

    private static AccessLine line(String message, String requestId, Instant time) {
        var line = new AccessLine(message, requestId, Map.of());
        line.setInstant(time);
        return line;
    }
}
