package io.kriya.database;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.PgBouncer;
import io.kriya.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kriya behind a PgBouncer in transaction mode: each transaction may use another server connection. */
class PgBouncerIT {

    private static final int SERVER_CONNECTIONS = 3;

    private final TestPostgres.Database database = TestPostgres.database();

    @TempDir
    Path folder;

    private PgBouncer pgBouncer;

    @BeforeEach
    void pgBouncerRuns() throws IOException {
        pgBouncer = PgBouncer.start(folder, database.port(), SERVER_CONNECTIONS);
    }

    @AfterEach
    void pgBouncerEnds() {
        if (pgBouncer != null) {
            pgBouncer.close();
        }
    }

    private KriyaProcess launch() {
        return launch(Map.of());
    }

    private KriyaProcess launch(Map<String, String> settings) {
        var environment = KriyaProcess.environment(database);
        environment.put("DATABASE_URL", pgBouncer.url(database.name()));
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        environment.putAll(settings);
        return KriyaProcess.launch(environment);
    }

    @Test
    void replicasMigrateAndServeOverFewerConnectionsThanTheyHold() throws Exception {
        try (var first = launch();
                var second = launch()) {
            first.awaitAnswer();
            second.awaitAnswer();
            String token = KriyaProcess.tokenOf(first.register(Api.number()));
            for (int status : atOnce(200, () -> first.register(Api.number()).statusCode())) {
                assertThat(status).isEqualTo(200);
            }
            for (String answer : atOnce(200, () -> second.validate(token).body())) {
                assertThat(answer).contains("Token is valid");
            }
            assertThat(database.count("select count(*) from pg_stat_activity where datname = current_database()"
                            + " and pid <> pg_backend_pid()"))
                    .isBetween(1L, (long) SERVER_CONNECTIONS);
            assertThat(first.isReady()).isTrue();
        }
    }

    @Test
    void aPgBouncerThatIsStartedAgainIsNoticedAtOnce() throws Exception {
        try (var kriya = launch()) {
            kriya.awaitAnswer();
            String token = KriyaProcess.tokenOf(kriya.register(Api.number()));
            pgBouncer.close();
            assertThat(kriya.validate(token).statusCode()).isEqualTo(503);
            // It stays so for some seconds after the last answer.
            await().until(() -> !kriya.isReady());
            pgBouncer.start();
            assertThat(kriya.validate(token).body()).contains("Token is valid");
        }
    }

    @Test
    void tokensAreCachedOnlyIfItListensToTheDatabaseItself() {
        try (var deaf = launch();
                var listening = launch(Map.of("DATABASE_LISTEN_URL", database.url()))) {
            deaf.awaitAnswer();
            listening.awaitAnswer();
            String token = KriyaProcess.tokenOf(deaf.register(Api.number()));
            await("cached tokens").until(() -> {
                assertThat(listening.letsIn(token)).isTrue();
                return listening.metric("kriya_token_cache_hits_total") > 0;
            });
            deaf.awaitLog("notifications do not arrive");
            assertThat(deaf.letsIn(token)).isTrue();
            assertThat(deaf.metric("kriya_token_cache_hits_total")).isZero();
            assertThat(deaf.logout(token).statusCode()).isEqualTo(200);
            await("the logout").until(() -> !listening.letsIn(token));
        }
    }

    private static <T> List<T> atOnce(int count, Callable<T> request) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<T>();
            for (var answer : threads.invokeAll(
                    IntStream.range(0, count).mapToObj(_ -> request).toList())) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
