package io.kriya.database.availability;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.Patience;
import io.kriya.Signals;
import io.kriya.TestPostgres;
import io.kriya.TestPostgres.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The API during each kind of outage of the database. */
@Isolated("Each request has two seconds")
class OutageIT {

    /** The documented bound for each request. */
    private static final Duration BOUND = Patience.of(Duration.ofSeconds(2));

    @TempDir
    Path folder;

    @AutoClose
    private EmbeddedPostgres server;

    private Database database;

    @AutoClose
    private KriyaProcess kriya;

    private String token;

    @BeforeEach
    void kriyaUsesItsOwnServer() throws IOException {
        server = TestPostgres.startIn(folder.resolve("data"));
        database = TestPostgres.databaseOn(server);
        var environment = KriyaProcess.environment(database);
        // A cache hit does not notice an outage; TokenCacheIT covers that.
        environment.put("TOKEN_CACHE_SIZE", "0");
        kriya = KriyaProcess.start(environment);
        token = KriyaProcess.tokenOf(kriya.register(Api.number()));
        runForAWhile(kriya, token);
    }

    /** The bound does not cover the first requests after a start. */
    static void runForAWhile(KriyaProcess kriya, String token) {
        for (int i = 0; i < 100; i++) {
            kriya.validate(token);
            kriya.validate("x");
        }
    }

    @Test
    void aStoppedServerMeans503AndItsReturnIsNoticedAtOnce() throws Exception {
        int port = server.getPort();
        server.close();
        assertUnavailable();
        server = TestPostgres.startIn(folder.resolve("data"), port);
        assertAvailable();
    }

    @Test
    void aRestartThatNoRequestSawIsNotNoticedEither() throws Exception {
        int port = server.getPort();
        atOnce(30, () -> kriya.validate(token));
        server.close();
        server = TestPostgres.startIn(folder.resolve("data"), port);
        assertAvailable();
    }

    @Test
    void aFrozenServerMeans503WithinTheBoundAndItsReturnIsNoticedAtOnce() throws Exception {
        List<Long> processes = Signals.processesOf(folder.resolve("data"));
        Signals.send("-STOP", processes);
        try {
            assertUnavailable();
            assertUnavailable();
        } finally {
            Signals.send("-CONT", processes);
        }
        assertAvailable();
    }

    @Test
    void aConnectionThatHangsDelaysOnlyTheLookUpsThatShareIt() throws Exception {
        kriya.close();
        var environment = KriyaProcess.environment(database);
        environment.put("TOKEN_CACHE_SIZE", "0");
        environment.put("DATABASE_TIMEOUT_MILLIS", "30000");
        kriya = KriyaProcess.start(environment);
        assertThat(kriya.letsIn(token)).isTrue();
        long latest = new Database(server.getPort(), "postgres")
                .count("select pid from pg_stat_activity where datname = '" + database.name()
                        + "' and query like '%token_hash = any%' order by state_change desc limit 1");
        Signals.send("-STOP", List.of(latest));
        try (var client = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> hanging = client.submit(() -> kriya.letsIn(token));
            assertThatThrownBy(() -> hanging.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            // After three seconds a connection that hangs is given up.
            for (int i = 0; i < 10; i++) {
                assertThat(kriya.letsIn(token)).isTrue();
            }
            assertThat(hanging.isDone()).isFalse();
            Signals.send("-CONT", List.of(latest));
            assertThat(hanging.get()).isTrue();
        } finally {
            Signals.send("-CONT", List.of(latest));
        }
    }

    @Test
    void aServerThatRefusesConnectionsMeans503AndItsReturnIsNoticedAtOnce() throws Exception {
        var admin = new Database(server.getPort(), "postgres");
        admin.execute("alter database " + database.name() + " allow_connections false");
        admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database.name() + "'");
        assertUnavailable();
        admin.execute("alter database " + database.name() + " allow_connections true");
        assertAvailable();
    }

    @Test
    void aCommitThatNoStandbyConfirmsMeans503AndKeepsNoServerProcess() throws Exception {
        var admin = new Database(server.getPort(), "postgres");
        String hanging = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'";
        // The server of the tests does not wait for its disk, let alone for others.
        admin.execute("alter database " + database.name() + " set synchronous_commit = on");
        kriya.close();
        kriya = KriyaProcess.start(KriyaProcess.environment(database));
        admin.execute("alter system set synchronous_standby_names = 'nobody'");
        admin.execute("select pg_reload_conf()");
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                answers.add(clients.submit(() -> kriya.register(Api.number()).statusCode()));
            }
            await().until(() -> admin.count(hanging) > 0);
            for (int i = 0; i < 10; i++) {
                assertThat(kriya.letsIn(token)).as("reads go on").isTrue();
            }
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(503);
            }
        }
        await().until(() -> admin.count(hanging) == 0);
        admin.execute("alter system reset synchronous_standby_names");
        admin.execute("select pg_reload_conf()");
        assertAvailable();
    }

    static void awaitSeconds(int seconds) {
        await().pollDelay(Duration.ofSeconds(seconds)).until(() -> true);
    }

    @Test
    void aReplicaWhoseCacheMayBeUsedInAnOutageStaysReady() throws Exception {
        var environment = KriyaProcess.environment(database);
        environment.put("TOKEN_CACHE_OUTAGE_SECONDS", "300");
        try (var caching = KriyaProcess.start(environment)) {
            await().until(() -> caching.letsIn(token) && caching.metric("kriya_token_cache_hits_total") > 0);
            server.close();
            await().until(() -> {
                caching.register(Api.number());
                return caching.log().contains("The database is unavailable");
            });
            awaitSeconds(4);
            assertThat(caching.isReady()).isTrue();
            assertThat(caching.letsIn(token)).isTrue();
            assertThat(kriya.isReady()).as("one without").isFalse();
        }
    }

    @Test
    void aDatabaseThatLostItsTablesMakesItUnready() {
        database.execute("delete from flyway_schema_history where installed_rank > 2");
        // What it found holds for a second.
        await().until(() -> !kriya.isReady());
        assertThat(kriya.get("/q/health/ready").body()).contains("its tables are older than this version of Kriya");
        database.execute("drop table flyway_schema_history");
        assertThat(kriya.get("/q/health/ready").statusCode()).isEqualTo(503);
        assertThat(kriya.get("/q/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aServerThatStopsDuringRequestsMeans503OrAResponse() throws Exception {
        var admin = new Database(server.getPort(), "postgres");
        for (int round = 0; round < 5; round++) {
            var running = new AtomicBoolean(true);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var clients = IntStream.range(0, 16)
                        .mapToObj(_ -> threads.submit(() -> {
                            var seen = new TreeSet<Integer>();
                            while (running.get()) {
                                seen.add(kriya.register(Api.number()).statusCode());
                                seen.add(kriya.validate(token).statusCode());
                            }
                            return seen;
                        }))
                        .toList();
                for (int i = 0; i < 5; i++) {
                    admin.execute(
                            "select pg_terminate_backend(pid), pg_sleep(0.02) from pg_stat_activity where datname = '"
                                    + database.name() + "'");
                }
                running.set(false);
                for (var client : clients) {
                    assertThat(client.get()).isSubsetOf(200, 503);
                }
            }
        }
        assertAvailable();
        assertThat(kriya.log()).doesNotContain("A request failed");
    }

    private void assertUnavailable() throws Exception {
        for (var answer : atOnce(40, () -> timed(() -> kriya.validate(token)))) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue("Retry-After"))
                    .hasValueSatisfying(after -> assertThat(after).matches("[0-9]+"));
            assertThat(answer.body())
                    .contains("\"code\":\"database_unavailable\"")
                    .doesNotContain("SQL")
                    .doesNotContain("Exception");
        }
        assertThat(timed(() -> kriya.register(Api.number())).statusCode()).isEqualTo(503);
        assertThat(timed(() -> kriya.post("/api/auth/cleanup-tokens", "")).statusCode())
                .isEqualTo(503);
        assertThat(timed(() -> kriya.get("/api/auth/user?token=" + token)).statusCode())
                .isEqualTo(503);
        // It stays ready for some seconds after the last answer.
        await().until(() -> !kriya.isReady());
        HttpResponse<String> ready = timed(() -> kriya.get("/q/health/ready"));
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("it does not answer").doesNotContain("SQL");
        assertThat(timed(() -> kriya.get("/q/health/live")).statusCode()).isEqualTo(200);
        assertThat(timed(() -> kriya.get("/q/health/started")).statusCode()).isEqualTo(200);
        assertThat(kriya.metric("kriya_database_outages_total")).isEqualTo(1);
        assertThat(kriya.metric("kriya_database_up")).isZero();
        assertThat(kriya.get("/health").statusCode()).isEqualTo(200);
        assertThat(kriya.validate("not a token").statusCode()).isEqualTo(200);
        assertThat(Pattern.compile("The database is unavailable")
                        .matcher(kriya.log())
                        .results()
                        .count())
                .isEqualTo(1);
        assertThat(kriya.log()).contains("A request was answered 503: ").doesNotContain("\tat ");
    }

    private void assertAvailable() throws Exception {
        assertThat(kriya.validate(token).body()).contains("Token is valid");
        for (var answer : atOnce(40, () -> kriya.validate(token))) {
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        assertThat(kriya.register(Api.number()).statusCode()).isEqualTo(200);
        // What it found holds for a second.
        await().until(kriya::isReady);
        assertThat(kriya.metric("kriya_database_up")).isEqualTo(1);
    }

    static HttpResponse<String> timed(Callable<HttpResponse<String>> request) throws Exception {
        long start = System.nanoTime();
        HttpResponse<String> answer = request.call();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        return answer;
    }

    static List<HttpResponse<String>> atOnce(int count, Callable<HttpResponse<String>> request) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<HttpResponse<String>>();
            for (var answer : threads.invokeAll(
                    IntStream.range(0, count).mapToObj(_ -> request).toList())) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
