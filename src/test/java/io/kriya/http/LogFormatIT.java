package io.kriya.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import org.junit.jupiter.api.Test;

class LogFormatIT {

    @Test
    void productionLogsOneJsonObjectALine() throws Exception {
        var environment = KriyaProcess.environment(TestPostgres.database());
        environment.put("LOG_FORMAT", "json");
        try (var kriya = KriyaProcess.start(environment)) {
            kriya.send(kriya.request("/health").header("X-Request-ID", "mine").build());
            kriya.register(Api.number());
            kriya.awaitLog("POST /api/auth/register 200");
            var json = new ObjectMapper();
            for (String line : kriya.log().lines().toList()) {
                assertThat(json.readTree(line).fieldNames())
                        .toIterable()
                        .as(line)
                        .contains("timestamp", "level", "loggerName", "message", "mdc");
            }
            String access = kriya.log()
                    .lines()
                    .filter(line -> line.contains("GET /health 200") && line.contains("mine"))
                    .findFirst()
                    .orElseThrow();
            assertThat(json.readTree(access).at("/mdc/request_id").asText()).isEqualTo("mine");
        }
    }

    @Test
    void jsonIsTheDefault() {
        var environment = KriyaProcess.environment(TestPostgres.database());
        environment.put("LOG_FORMAT", null);
        try (var kriya = KriyaProcess.start(environment)) {
            assertThat(kriya.log()).startsWith("{");
        }
    }
}
