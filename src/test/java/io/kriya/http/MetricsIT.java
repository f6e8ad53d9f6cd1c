package io.kriya.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsIT {

    private final TestPostgres.Database database = TestPostgres.database();

    @AutoClose
    private KriyaProcess kriya;

    @BeforeEach
    void kriyaRuns() {
        kriya = KriyaProcess.start(database);
    }

    @Test
    void whatHappensIsCounted() {
        String number = Api.number();
        String token = KriyaProcess.tokenOf(kriya.register(number));
        String ended = KriyaProcess.tokenOf(kriya.register(number));
        kriya.register(number);
        kriya.send(kriya.request("/api/auth/logout")
                .header("Authorization", "Bearer " + ended)
                .DELETE()
                .build());
        kriya.validate(token);
        kriya.validate(token);
        kriya.validate(ended);
        kriya.validate("kriya_" + UUID.randomUUID());
        kriya.validate("no token");
        kriya.send(kriya.request("/api/auth/validate-token")
                .header("X-API-Key", "wrong")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        kriya.send(kriya.request("/api/auth/cleanup-tokens")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        database.execute("update tokens set expires_at = now() - interval '1 day'");
        kriya.post("/api/auth/cleanup-tokens", "");

        assertThat(kriya.metric("kriya_registrations_total{result=\"created\"}"))
                .isEqualTo(1);
        assertThat(kriya.metric("kriya_registrations_total{result=\"known\"}")).isEqualTo(2);
        assertThat(kriya.metric("kriya_validations_total{result=\"valid\"}")).isEqualTo(2);
        assertThat(kriya.metric("kriya_validations_total{result=\"over\"}")).isEqualTo(1);
        assertThat(kriya.metric("kriya_validations_total{result=\"unknown\"}")).isEqualTo(2);
        assertThat(kriya.metric("kriya_api_key_refusals_total")).isEqualTo(2);
        assertThat(kriya.metric("kriya_tokens_cleaned_up_total")).isEqualTo(3);
        assertThat(kriya.metric("http_server_requests_seconds_count{method=\"POST\",outcome=\"SUCCESS\",status=\"200\","
                        + "uri=\"/api/auth/register\"}"))
                .isEqualTo(3);
        assertThat(kriya.metric(
                        "http_server_requests_seconds_bucket{method=\"POST\",outcome=\"SUCCESS\",status=\"200\","
                                + "uri=\"/api/auth/validate-token\",le=\"+Inf\"}"))
                .isEqualTo(5);
        assertThat(kriya.metric("http_server_requests_seconds_count{method=\"POST\",outcome=\"CLIENT_ERROR\","
                        + "status=\"403\",uri=\"/api/auth/validate-token\"}"))
                .isEqualTo(1);
    }

    @Test
    void allThereIsToCountIsThereFromTheStart() {
        for (String series : List.of(
                "kriya_registrations_total{result=\"created\"}",
                "kriya_registrations_total{result=\"known\"}",
                "kriya_validations_total{result=\"valid\"}",
                "kriya_validations_total{result=\"over\"}",
                "kriya_validations_total{result=\"unknown\"}",
                "kriya_api_key_refusals_total",
                "kriya_tokens_cleaned_up_total",
                "kriya_database_outages_total")) {
            assertThat(kriya.metric(series)).as(series).isZero();
        }
        assertThat(kriya.metric("kriya_database_up")).isEqualTo(1);
        assertThat(kriya.metric("kriya_database_pool_size")).isPositive();
    }

    @Test
    void whatRunsIsALabelOfAMetricAndTheLogsFirstLine() {
        String info = kriya.metrics()
                .lines()
                .filter(line -> line.startsWith("kriya_info{"))
                .findFirst()
                .orElseThrow();
        var labels = Pattern.compile("kriya_info\\{build_time=\"(.+Z)\",commit=\"(.+)\",version=\"(.+)\"} 1.0")
                .matcher(info);
        assertThat(labels.matches()).as(info).isTrue();
        assertThat(kriya.log().lines().findFirst().orElseThrow())
                .contains("Kriya %s, commit %s, built %s".formatted(labels.group(3), labels.group(2), labels.group(1)));
        assertThat(kriya.get("/").body()).contains("\"version\":\"" + labels.group(3) + "\"");
    }

    @Test
    void labelsHoldRoutesAndNothingThatAClientSent() {
        String token = KriyaProcess.tokenOf(kriya.register("+12025550143"));
        for (String path : List.of(
                "/api/auth/user?token=" + token,
                "/api/auth/user/" + token,
                "/api/auth/user;" + token,
                "/docs/" + token,
                "/+12025550143",
                "/q/" + token,
                "/q/health/" + token,
                "/api/auth/user/ada@example.com")) {
            kriya.get(path);
            kriya.send(kriya.request(path)
                    .method("BREW12025550143", HttpRequest.BodyPublishers.noBody())
                    .build());
        }
        assertThat(kriya.metrics())
                .contains("uri=\"/api/auth/user\"", "uri=\"other\"", "method=\"other\"")
                .doesNotContain("kriya_" + token.substring(6, 14), token.substring(6), "2025550143", "ada@");
    }

    @Test
    void probesAreNotCountedAmongTheRequests() {
        kriya.get("/q/health/ready");
        kriya.get("/q/health/live");
        assertThat(kriya.metrics()).doesNotContain("uri=\"/q", "uri=\"other\"");
        assertThat(kriya.log()).doesNotContain("/q/health");
    }

    @Test
    void memoryAndThePoolAreMeasured() {
        assertThat(kriya.metrics())
                .contains("jvm_memory_used_bytes{", "agroal_active_count{", "agroal_awaiting_count{");
    }
}
