package io.kriya.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.Ports;
import io.kriya.TestPostgres;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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

/** Kriya behind a PgBouncer in transaction mode, where each transaction may meet another connection of the server. */
class PgBouncerIT {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
    private static final int SERVER_CONNECTIONS = 3;

    private final TestPostgres.Database database = TestPostgres.database();

    @TempDir
    Path folder;

    private int port;
    private Process pgBouncer;

    @BeforeEach
    void pgBouncerRuns() throws Exception {
        if (Files.notExists(PROGRAM)) {
            assertThat(System.getenv("CI"))
                    .as("in CI, PgBouncer has to be there")
                    .isNull();
            abort("PgBouncer is not installed");
        }
        port = Ports.free();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = %d
                ignore_startup_parameters = extra_float_digits
                """.formatted(database.port(), port, SERVER_CONNECTIONS));
        startPgBouncer();
    }

    private void startPgBouncer() throws IOException {
        var command = new ArrayList<>(
                List.of(PROGRAM.toString(), folder.resolve("pgbouncer.ini").toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(1, List.of("-u", "nobody"));
        }
        pgBouncer = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await("PgBouncer").atMost(Duration.ofSeconds(60)).until(() -> {
            try (var _ = new Socket("127.0.0.1", port)) {
                return true;
            } catch (IOException notYet) {
                assertThat(pgBouncer.isAlive()).as(() -> log()).isTrue();
                return false;
            }
        });
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @AfterEach
    void pgBouncerEnds() throws InterruptedException {
        if (pgBouncer != null) {
            pgBouncer.destroyForcibly().waitFor();
        }
    }

    private KriyaProcess launch() {
        return launch(Map.of());
    }

    private KriyaProcess launch(Map<String, String> settings) {
        var environment = KriyaProcess.environment(database);
        environment.put(
                "DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name() + "?user=postgres&prepareThreshold=0");
        environment.put("DATABASE_TIMEOUT_MILLIS", "20000");
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
            pgBouncer.destroyForcibly().waitFor();
            assertThat(kriya.validate(token).statusCode()).isEqualTo(503);
            // It stays so for some seconds after the last answer.
            await().until(() -> !kriya.isReady());
            startPgBouncer();
            assertThat(kriya.validate(token).body()).contains("Token is valid");
        }
    }

    @Test
    void tokensAreKeptInMemoryOnlyWhereItListensToTheDatabaseItself() {
        try (var deaf = launch();
                var listening = launch(Map.of("DATABASE_LISTEN_URL", database.url()))) {
            deaf.awaitAnswer();
            listening.awaitAnswer();
            String token = KriyaProcess.tokenOf(deaf.register(Api.number()));
            await("tokens in memory").atMost(Duration.ofSeconds(60)).until(() -> {
                assertThat(listening.letsIn(token)).isTrue();
                return listening.metric("kriya_token_cache_hits_total") > 0;
            });
            deaf.awaitLog("notifications do not arrive");
            assertThat(deaf.letsIn(token)).isTrue();
            assertThat(deaf.metric("kriya_token_cache_hits_total")).isZero();
            assertThat(deaf.logout(token).statusCode()).isEqualTo(200);
            await("the logout").atMost(Duration.ofSeconds(60)).until(() -> !listening.letsIn(token));
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
