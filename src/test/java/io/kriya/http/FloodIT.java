package io.kriya.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of strangers against the memory of a pod: the heap is that of k8s/base. */
class FloodIT {

    private KriyaProcess kriya;

    @BeforeEach
    void start() {
        kriya = KriyaProcess.start(KriyaProcess.environment(TestPostgres.database()), "-Xmx96m");
    }

    @AfterEach
    void stop() {
        kriya.close();
    }

    @Test
    void namesThatClientsMakeUpAreNotKept() {
        for (int i = 0; i < 400; i++) {
            kriya.post("/api/auth/register", "{\"%d%s\": 1}".formatted(i, "n".repeat(65_000)));
        }
        for (int i = 0; i < 400; i++) {
            var names = new StringBuilder("{");
            for (int j = 0; j < 600; j++) {
                names.append("\"%d-%d-%s\": 1, ".formatted(i, j, "n".repeat(80)));
            }
            kriya.post("/api/auth/register", names.append("\"x\": 1}").toString());
        }
        assertServing();
    }

    private void assertServing() {
        assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
        assertThat(kriya.isReady()).isTrue();
        assertThat(kriya.log()).doesNotContain("OutOfMemoryError").doesNotContain("\tat ");
    }
}
