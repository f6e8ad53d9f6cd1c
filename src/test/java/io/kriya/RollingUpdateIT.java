package io.kriya;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollingUpdateIT {

    private final TestPostgres.Database database = TestPostgres.database();
    private final List<KriyaProcess> replicas = new CopyOnWriteArrayList<>();
    private String token;

    @BeforeEach
    void twoReplicasRun() {
        replicas.add(launch());
        replicas.add(launch());
        replicas.forEach(KriyaProcess::awaitAnswer);
        token = KriyaProcess.tokenOf(replicas.getFirst().register(Api.number()));
    }

    private KriyaProcess launch() {
        var environment = KriyaProcess.environment(database);
        environment.put("SHUTDOWN_DELAY_SECONDS", Integer.toString(2 * Patience.FACTOR));
        // The machine that the tests run on may be slow; that is not what they look for.
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        return KriyaProcess.launch(environment);
    }

    @AfterEach
    void allEnd() {
        replicas.forEach(KriyaProcess::close);
    }

    @Test
    void noRequestFailsWhileEachReplicaIsReplacedInTurn() {
        try (var load = new Load(50, token, replicas)) {
            load.awaitAnswers(200);
            for (KriyaProcess old : List.copyOf(replicas)) {
                replace(old);
                load.awaitAnswers(100);
            }
            assertThat(load.failures()).isEmpty();
        }
    }

    /** As a cluster does that never has one replica less. */
    private void replace(KriyaProcess old) {
        KriyaProcess fresh = launch();
        fresh.awaitAnswer();
        await("a ready replica").until(fresh::isReady);
        replicas.add(fresh);
        old.terminate();
        assertThat(old.awaitExit()).isZero();
        replicas.remove(old);
    }

    @Test
    void theMigrationOfANewerVersionDisturbsNeitherRunningNorReturningReplicas(@TempDir Path folder) throws Exception {
        // One table each: a migration that locked two would wait for a request that waits for it.
        Files.writeString(folder.resolve("V900__nickname.sql"), "alter table users add column nickname text;");
        Files.writeString(folder.resolve("V901__shade.sql"), "alter table tokens add column shade text;");
        Files.writeString(folder.resolve("V902__find_nickname.sql"), "create index nicknames on users (nickname);");
        try (var load = new Load(50, token, replicas)) {
            load.awaitAnswers(200);
            int done = Flyway.configure()
                    .dataSource(
                            "jdbc:postgresql://localhost:" + database.port() + "/" + database.name(), "postgres", "")
                    .locations("filesystem:" + folder)
                    .ignoreMigrationPatterns("*:missing")
                    .load()
                    .migrate()
                    .migrationsExecuted;
            assertThat(done).isEqualTo(3);
            load.awaitAnswers(200);
            // The way back: this version on the newer one's tables.
            replace(replicas.getFirst());
            load.awaitAnswers(100);
            assertThat(load.failures()).isEmpty();
        }
        assertThat(replicas).allMatch(KriyaProcess::isReady);
    }
}
