package io.kriya.database.availability;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.PgBouncer;
import io.kriya.Ports;
import io.kriya.TcpProxy;
import io.kriya.TestPostgres;
import io.kriya.TestPostgres.Database;
import io.kriya.TestPostgres.Version;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A standby is promoted, and the former primary comes back. */
class FailoverIT {

    /** How late a revocation may take effect on another replica. */
    private static final Duration BOUND = Duration.ofSeconds(1);

    @TempDir
    static Path origin;

    @TempDir
    Path folder;

    private static String name;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final int firstPort = Ports.free();
    private final int secondPort = Ports.free();

    private EmbeddedPostgres first;
    private EmbeddedPostgres second;
    private Database onFirst;
    private Database onSecond;

    @BeforeAll
    static void bothBeginAlike() throws IOException {
        try (var server = TestPostgres.startIn(origin.resolve("data"))) {
            name = TestPostgres.databaseOn(server).name();
        }
    }

    @BeforeEach
    void theFirstServerStreamsToTheSecond() throws Exception {
        onFirst = new Database(firstPort, name);
        onSecond = new Database(secondPort, name);
        TestPostgres.copy(origin.resolve("data"), folder.resolve("first"));
        TestPostgres.copy(origin.resolve("data"), folder.resolve("second"));
        Files.createFile(folder.resolve("second/standby.signal"));
        Files.writeString(
                folder.resolve("second/postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=%d user=postgres'%n".formatted(firstPort),
                StandardOpenOption.APPEND);
        first = start("first", firstPort);
        second = start("second", secondPort);
    }

    private EmbeddedPostgres start(String name, int port) throws IOException {
        var server = TestPostgres.startIn(folder.resolve(name), port);
        opened.addFirst(server);
        return server;
    }

    @AfterEach
    void allEnd() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    private void awaitReplayed() {
        // Not what is written already: the servers of the tests commit without waiting for that.
        String written = onFirst.query("select pg_current_wal_insert_lsn()");
        await("the standby").until(() -> onSecond.query("select pg_last_wal_replay_lsn() >= '" + written + "'")
                .equals("t"));
    }

    private void promoteTheSecond() {
        awaitReplayed();
        assertThat(onSecond.query("select pg_promote()")).isEqualTo("t");
    }

    private TcpProxy address(int port) throws IOException {
        var address = new TcpProxy(port);
        opened.addFirst(address);
        return address;
    }

    /** The driver forgets in two seconds what it knows of a server. */
    private String url(int... ports) {
        String hosts = IntStream.of(ports).mapToObj(port -> "localhost:" + port).collect(Collectors.joining(","));
        return "jdbc:postgresql://" + hosts + "/" + onFirst.name()
                + "?user=postgres&targetServerType=primary&hostRecheckSeconds=2";
    }

    private KriyaProcess launch(Map<String, String> settings) {
        var environment = KriyaProcess.environment(onFirst);
        // The machine that the tests run on may be slow; that is not what they look for.
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(5_000));
        environment.putAll(settings);
        var kriya = KriyaProcess.launch(environment);
        opened.addFirst(kriya);
        return kriya;
    }

    private static String tokenFrom(KriyaProcess kriya) {
        return KriyaProcess.tokenOf(kriya.register(Api.number()));
    }

    private static void awaitKept(KriyaProcess kriya, String token) {
        await("a cached token").until(() -> {
            double before = kriya.metric("kriya_token_cache_hits_total");
            return kriya.letsIn(token) && kriya.metric("kriya_token_cache_hits_total") > before;
        });
    }

    /** As at the end of their lifetime; the cache's listener keeps its connection. */
    private static void endPooledConnections(Database database) {
        database.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                + " and pid <> pg_backend_pid() and query not like 'listen%' and query not like '%pg_notify%'");
    }

    private static void awaitBound() {
        long start = System.nanoTime();
        await("the end of the bound").until(() -> System.nanoTime() - start > BOUND.toNanos());
    }

    @Test
    void aRevokedTokenIsInvalidOnEachReplicaWhileThereAreTwoPrimaries() throws Exception {
        var replicas = List.of(
                launch(Map.of("DATABASE_URL", url(firstPort, secondPort))),
                launch(Map.of("DATABASE_URL", url(firstPort, secondPort))));
        replicas.forEach(KriyaProcess::awaitAnswer);
        List<String> tokens = IntStream.range(0, 10)
                .mapToObj(_ -> tokenFrom(replicas.getFirst()))
                .toList();
        promoteTheSecond();
        first.close();
        replicas.forEach(replica -> awaitKept(replica, tokens.getFirst()));

        start("first", firstPort);
        assertThat(onFirst.query("select pg_is_in_recovery()")).isEqualTo("f");
        for (KriyaProcess replica : replicas) {
            await("its meeting the former primary").until(() -> {
                endPooledConnections(onSecond);
                replica.register(Api.number());
                return replica.log().contains("it is a former primary");
            });
        }
        for (int i = 0; i < tokens.size(); i++) {
            KriyaProcess revoking = replicas.get(i % 2);
            KriyaProcess other = replicas.get((i + 1) % 2);
            String token = tokens.get(i);
            // Cached there, if possible.
            other.validate(token);
            other.validate(token);
            await("a logout").until(() -> revoking.logout(token).statusCode() == 200);
        }
        awaitBound();
        for (int round = 0; round < 3; round++) {
            for (KriyaProcess replica : replicas) {
                assertThat(tokens).noneMatch(replica::letsIn);
            }
        }
        assertThat(onSecond.count("select count(*) from tokens where not is_active"))
                .isEqualTo(tokens.size());
        assertThat(onFirst.count("select count(*) from tokens where not is_active"))
                .as("the former primary heard nothing of it")
                .isZero();
    }

    @Test
    void aFormerPrimaryGetsNoWritesAndItsAnswersAreNotUsed() throws Exception {
        TcpProxy address = address(firstPort);
        TcpProxy listenAddress = address(firstPort);
        KriyaProcess kriya = launch(Map.of(
                "DATABASE_URL", url(address.port()),
                "DATABASE_LISTEN_URL", url(listenAddress.port())));
        kriya.awaitAnswer();
        String token = tokenFrom(kriya);
        awaitKept(kriya, token);
        long users = onFirst.count("select count(*) from users");
        // Two primaries from here on, of which Kriya knows one.
        promoteTheSecond();
        assertThat(kriya.logout(tokenFrom(kriya)).statusCode()).isEqualTo(200);
        users++;

        listenAddress.lead(secondPort);
        listenAddress.cut();
        await("its seeing the other").until(() -> kriya.validate(token).statusCode() == 503);
        for (int i = 0; i < 3; i++) {
            assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(503);
            assertThat(kriya.logout(token).statusCode()).isEqualTo(503);
            assertThat(kriya.validate(token).statusCode()).isEqualTo(503);
        }
        await("what it found last time holds no more").until(() -> !kriya.isReady());
        assertThat(onFirst.count("select count(*) from users")).isEqualTo(users);
        assertThat(onFirst.query("select is_active from tokens order by created_at limit 1"))
                .isEqualTo("t");
        assertThat(kriya.log()).contains("A former primary answers, its timeline is 1 where 2 has been seen");

        address.lead(secondPort);
        address.cut();
        awaitKept(kriya, token);
        await("readiness").until(kriya::isReady);
        assertThat(kriya.logout(token).statusCode()).isEqualTo(200);
        assertThat(kriya.letsIn(token)).isFalse();
        assertThat(kriya.metric("agroal_active_count{datasource=\"default\"}")).isZero();
    }

    /** A pooler changes the server of an open connection. */
    @Test
    void aRevokedTokenIsInvalidIfAPoolerConnectsToAFormerPrimary(@TempDir Path poolersFolder) throws Exception {
        String token;
        try (var before = KriyaProcess.start(onFirst)) {
            token = tokenFrom(before);
        }
        promoteTheSecond();
        var pooler = PgBouncer.start(poolersFolder, secondPort, 3);
        opened.addFirst(pooler);
        KriyaProcess kriya =
                launch(Map.of("DATABASE_URL", pooler.url(onSecond.name()), "DATABASE_LISTEN_URL", url(secondPort)));
        kriya.awaitAnswer();
        assertThat(kriya.logout(token).statusCode()).isEqualTo(200);

        pooler.lead(firstPort);
        await("an answer of the former primary").until(() -> {
            var answer = kriya.validate(token);
            assertThat(answer.body()).doesNotContain("Token is valid");
            return answer.statusCode() == 503;
        });
        assertThat(kriya.log()).contains("A former primary answers, its timeline is 1 where 2 has been seen");
        pooler.lead(secondPort);
        await("an answer of the other").until(() -> {
            var answer = kriya.validate(token);
            assertThat(answer.body()).doesNotContain("Token is valid");
            return answer.statusCode() == 200;
        });
    }

    @Test
    void tokensCachedFromAFormerPrimaryAreInvalidatedOnceANewOneIsSeen() throws Exception {
        TcpProxy address = address(firstPort);
        KriyaProcess kriya = launch(Map.of("DATABASE_URL", url(address.port())));
        kriya.awaitAnswer();
        String token = tokenFrom(kriya);
        awaitKept(kriya, token);
        promoteTheSecond();
        // The former primary and its notifications go on.
        address.lead(secondPort);
        endPooledConnections(onFirst);
        await("a write to the other").until(() -> {
            kriya.register(Api.number());
            return onSecond.count("select count(*) from users") > 1;
        });
        onSecond.execute("update tokens set is_active = false");
        awaitBound();
        assertThat(kriya.letsIn(token)).isFalse();
    }

    @Test
    void aResultOfAnotherServerThanTheOneThatNotifiesIsNotCached() throws Exception {
        TcpProxy address = address(firstPort);
        KriyaProcess kriya = launch(Map.of("DATABASE_URL", url(address.port())));
        kriya.awaitAnswer();
        String token = tokenFrom(kriya);
        awaitKept(kriya, tokenFrom(kriya));
        awaitReplayed();
        // A primary without a promotion, of the same timeline.
        second.close();
        Files.delete(folder.resolve("second/standby.signal"));
        start("second", secondPort);
        address.lead(secondPort);
        endPooledConnections(onFirst);
        await("an answer of the other").until(() -> kriya.register(Api.number()).statusCode() == 200);
        double before = kriya.metric("kriya_token_cache_hits_total");
        for (int i = 0; i < 5; i++) {
            assertThat(kriya.letsIn(token)).isTrue();
        }
        onSecond.execute("update tokens set is_active = false");
        assertThat(kriya.letsIn(token)).isFalse();
        assertThat(kriya.metric("kriya_token_cache_hits_total")).isEqualTo(before);
    }

    @Test
    void aDatabaseMovedToAnotherClusterIsAcceptedAlthoughTimelinesStartAgain() throws Exception {
        promoteTheSecond();
        TcpProxy address = address(secondPort);
        KriyaProcess kriya = launch(Map.of("DATABASE_URL", url(address.port())));
        kriya.awaitAnswer();
        tokenFrom(kriya);
        try (var other = TestPostgres.start(Version.CURRENT)) {
            new Database(other.getPort(), "postgres").execute("create database " + onFirst.name());
            var moved = new Database(other.getPort(), onFirst.name());
            KriyaProcess.start(moved).close();
            address.lead(other.getPort());
            address.cut();
            await("service").until(() -> kriya.register(Api.number()).statusCode() == 200);
            assertThat(moved.count("select count(*) from users")).isPositive();
        }
    }
}
