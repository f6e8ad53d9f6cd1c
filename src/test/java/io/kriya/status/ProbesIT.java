package io.kriya.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody may ask, and as often as they like. */
class ProbesIT {

    private static final String SESSIONS = "select sessions from pg_stat_database where datname = current_database()";

    private static final TestPostgres.Database DATABASE = TestPostgres.database();

    @AutoClose
    private static KriyaProcess kriya;

    @BeforeAll
    static void kriyaRuns() {
        kriya = KriyaProcess.start(DATABASE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/ready", "/q/health/started", "/q/health", "/health"})
    void threeHundredProbesAtOnceTakeNoConnectionEach(String path) throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            long before = DATABASE.count(SESSIONS);
            List<Callable<Integer>> probes = Stream.<Callable<Integer>>generate(
                            () -> () -> kriya.get(path).statusCode())
                    .limit(300)
                    .toList();
            for (var probe : clients.invokeAll(probes)) {
                assertThat(probe.get()).isEqualTo(200);
            }
            // Some seconds may have passed, and this asks too.
            assertThat(DATABASE.count(SESSIONS) - before).isLessThan(30);
        }
    }
}
