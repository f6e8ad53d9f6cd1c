package io.kriya.token.cache;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.Ports;
import io.kriya.TcpProxy;
import io.kriya.TestPostgres;
import io.kriya.TestPostgres.Database;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The token cache: never stale, whoever changes a token, on whichever replica. */
class TokenCacheIT {

    /** Two replicas as they come, for every test that leaves them as it found them. */
    private static final Database SHARED = TestPostgres.database();

    @AutoClose
    private static KriyaProcess one;

    @AutoClose
    private static KriyaProcess two;

    private final Database database = TestPostgres.database();
    private final List<KriyaProcess> replicas = new ArrayList<>();

    @BeforeAll
    static void twoReplicasRun() {
        one = launch(SHARED, Map.of());
        two = launch(SHARED, Map.of());
        one.awaitAnswer();
        two.awaitAnswer();
    }

    private static KriyaProcess launch(Database database, Map<String, String> settings) {
        var environment = KriyaProcess.environment(database);
        // The machine that the tests run on may be slow; that is not what they look for.
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        environment.putAll(settings);
        return KriyaProcess.launch(environment);
    }

    private KriyaProcess start(Map<String, String> settings) {
        var replica = launch(database, settings);
        replicas.add(replica);
        replica.awaitAnswer();
        return replica;
    }

    @AfterEach
    void allEnd() {
        replicas.forEach(KriyaProcess::close);
    }

    private static String tokenFrom(KriyaProcess kriya) {
        return KriyaProcess.tokenOf(kriya.register(Api.number()));
    }

    private static double hits(KriyaProcess kriya) {
        return kriya.metric("kriya_token_cache_hits_total");
    }

    /** Validates until there is a cache hit. */
    private static void awaitKept(KriyaProcess kriya, String token) {
        await("a cached token").until(() -> {
            double before = hits(kriya);
            assertThat(kriya.letsIn(token)).isTrue();
            return hits(kriya) > before;
        });
    }

    private static void awaitRefused(KriyaProcess kriya, String token) {
        await("a revocation").until(() -> !kriya.letsIn(token));
    }

    @Test
    void aLogoutTakesEffectAtOnceOnItsReplicaAndSoonOnTheOthers() {
        for (int i = 0; i < 5; i++) {
            replicas.add(launch(database, Map.of()));
        }
        replicas.forEach(KriyaProcess::awaitAnswer);
        KriyaProcess first = replicas.getFirst();
        String token = tokenFrom(first);
        replicas.forEach(replica -> awaitKept(replica, token));
        assertThat(first.logout(token).statusCode()).isEqualTo(200);
        assertThat(first.letsIn(token)).isFalse();
        replicas.forEach(replica -> awaitRefused(replica, token));
    }

    @Test
    void aChangedUserIsSeenAtOnceOnItsReplicaAndSoonOnTheOthers() {
        String number = Api.number();
        String token = KriyaProcess.tokenOf(one.register(number));
        awaitKept(one, token);
        awaitKept(two, token);
        one.post("/api/auth/register", "{\"phone_number\": \"" + number + "\", \"first_name\": \"Grace\"}");
        assertThat(one.validate(token).body()).contains("Grace");
        await("the new name").until(() -> two.validate(token).body().contains("Grace"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update tokens set is_active = false",
                "update tokens set expires_at = now()",
                "set session_replication_role = replica; update tokens set is_active = false",
                "delete from tokens",
                "delete from tokens; delete from users",
                "truncate users cascade"
            })
    void aChangeByHandIsNoticed(String sql) {
        String token = tokenFrom(one);
        awaitKept(one, token);
        SHARED.execute(sql);
        awaitRefused(one, token);
    }

    @Test
    void veryManyChangesAtOnceAreOneNotification() {
        KriyaProcess kriya = start(Map.of());
        String token = tokenFrom(kriya);
        awaitKept(kriya, token);
        database.execute(
                "insert into tokens select gen_random_uuid(), user_id, sha256(uuid_send(gen_random_uuid())), true,"
                        + " expires_at, created_at from tokens, generate_series(1, 5000)");
        double before = kriya.metric("kriya_token_cache_invalidations_total");
        database.execute("update tokens set is_active = false");
        awaitRefused(kriya, token);
        assertThat(kriya.metric("kriya_token_cache_invalidations_total")).isEqualTo(before + 1);
    }

    @Test
    void aTokenWithANewExpiryIsValidAgain() {
        String token = tokenFrom(one);
        awaitKept(one, token);
        SHARED.execute("update tokens set expires_at = now()");
        awaitRefused(one, token);
        SHARED.execute("update tokens set expires_at = now() + interval '1 day'");
        assertThat(one.letsIn(token)).isTrue();
    }

    @Test
    void aUserChangedByHandIsReturnedAsStored() {
        String token = tokenFrom(one);
        awaitKept(one, token);
        SHARED.execute("update users set first_name = 'Grace'");
        await("the new name").until(() -> one.validate(token).body().contains("Grace"));
    }

    @Test
    void aForeignNotificationDoesNoHarm() {
        String token = tokenFrom(one);
        awaitKept(one, token);
        for (String word : List.of("", "t", "txyz", "u0", "hello")) {
            SHARED.execute("notify kriya_changes, '" + word + "'");
        }
        awaitKept(one, token);
    }

    @Test
    void aLookUpThatRunsDuringALogoutCachesNothingStale() throws Exception {
        // Only the look-up is held: heartbeats and notifications go on.
        try (var proxy = new TcpProxy(database.port())) {
            KriyaProcess held = start(Map.of(
                    "DATABASE_URL",
                    // Each statement travels with its text, by which the proxy knows it.
                    "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database.name()
                            + "?user=postgres&prepareThreshold=0",
                    "DATABASE_LISTEN_URL",
                    database.url()));
            KriyaProcess other = start(Map.of());
            String another = tokenFrom(other);
            String token = tokenFrom(other);
            awaitKept(held, another);
            proxy.holdAnswersTo("token_hash = any");
            Future<HttpResponse<String>> underWay = CompletableFuture.supplyAsync(() -> held.validate(token));
            await("a look-up whose answer is on its way")
                    .until(() -> database.count("select count(*) from pg_stat_activity where state = 'idle'"
                                    + " and query like '%token_hash = any%' and state_change > now() - interval '10 s'"
                                    + " and datname = current_database()")
                            > 0);
            assertThat(other.logout(token).statusCode()).isEqualTo(200);
            await("the news of it").until(() -> held.metric("kriya_token_cache_invalidations_total") > 1);
            proxy.release();
            underWay.get();
            awaitKept(held, another);
            assertThat(held.letsIn(token)).isFalse();
        }
    }

    @Test
    void withoutACacheEachValidationIsALookUp() {
        KriyaProcess kriya = start(Map.of("TOKEN_CACHE_SIZE", "0"));
        String token = tokenFrom(kriya);
        for (int i = 0; i < 50; i++) {
            assertThat(kriya.letsIn(token)).isTrue();
        }
        assertThat(hits(kriya)).isZero();
        assertThat(database.count("select count(*) from pg_stat_activity where query like 'listen%'"
                        + " and datname = current_database()"))
                .isZero();
    }

    @Test
    void aLostListenerReconnectsAndMissesNoChange() {
        for (int round = 0; round < 5; round++) {
            String token = tokenFrom(two);
            awaitKept(one, token);
            SHARED.execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'"
                    + " and datname = current_database()");
            two.logout(token);
            awaitRefused(one, token);
        }
        awaitKept(one, tokenFrom(two));
    }

    @Test
    void withoutHeartbeatsTheCacheIsBypassed() throws Exception {
        try (var proxy = new TcpProxy(SHARED.port())) {
            KriyaProcess deaf = start(Map.of(
                    "DATABASE_URL",
                    SHARED.url(),
                    "DATABASE_LISTEN_URL",
                    SHARED.url().replace(":" + SHARED.port() + "/", ":" + proxy.port() + "/")));
            String token = tokenFrom(two);
            awaitKept(deaf, token);
            proxy.hold();
            two.logout(token);
            awaitRefused(deaf, token);
            await("a new connection that hears nothing either")
                    .until(() -> deaf.metric("kriya_token_cache_heartbeat_age_seconds") > 6);
            assertThat(deaf.letsIn(tokenFrom(two))).isTrue();
            proxy.release();
            awaitKept(deaf, tokenFrom(two));
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "kriya.long",
            matches = "true",
            disabledReason = "an outage of eleven seconds is needed")
    void afterALongOutageThereIsNoWarningOfAPooler() throws Exception {
        try (var proxy = new TcpProxy(database.port());
                var listenProxy = new TcpProxy(database.port())) {
            KriyaProcess kriya = start(Map.of(
                    "DATABASE_TIMEOUT_MILLIS",
                    "5000",
                    "DATABASE_URL",
                    database.url().replace(":" + database.port() + "/", ":" + proxy.port() + "/"),
                    "DATABASE_LISTEN_URL",
                    database.url().replace(":" + database.port() + "/", ":" + listenProxy.port() + "/")));
            String token = tokenFrom(kriya);
            awaitKept(kriya, token);
            for (TcpProxy one : List.of(proxy, listenProxy)) {
                one.lead(Ports.free());
                one.cut();
            }
            await("its notice of the outage").until(() -> !kriya.isReady());
            await("an outage that is long enough to be told of").until(() -> {
                assertThat(kriya.validate(token).statusCode()).isEqualTo(503);
                return kriya.metric("kriya_token_cache_heartbeat_age_seconds") > 11;
            });
            proxy.lead(database.port());
            await("the database").until(() -> kriya.validate(token).statusCode() == 200);
            double before = kriya.metric("kriya_token_cache_bypassed_seconds_total");
            await("two more tries to listen")
                    .until(() -> kriya.metric("kriya_token_cache_bypassed_seconds_total") > before + 2);
            listenProxy.lead(database.port());
            awaitKept(kriya, token);
            assertThat(kriya.log()).doesNotContain("can't be followed");
        }
    }

    @Test
    void anOutageBypassesTheCacheAtOnceUnlessItIsAllowed(@TempDir Path folder) throws Exception {
        var server = TestPostgres.startIn(folder.resolve("data"));
        try {
            String url = TestPostgres.databaseOn(server).url();
            KriyaProcess strict = start(Map.of("DATABASE_URL", url));
            KriyaProcess lenient = start(Map.of("DATABASE_URL", url, "TOKEN_CACHE_OUTAGE_SECONDS", "3600"));
            KriyaProcess brief = start(Map.of("DATABASE_URL", url, "TOKEN_CACHE_OUTAGE_SECONDS", "2"));
            String token = tokenFrom(strict);
            String other = tokenFrom(strict);
            List.of(strict, lenient, brief).forEach(replica -> awaitKept(replica, token));
            server.close();
            await("the end of the cache's use")
                    .until(() -> strict.validate(token).statusCode() == 503);
            await("the end of its time").until(() -> brief.validate(token).statusCode() == 503);
            // The request that notices the outage is a cache hit too.
            assertThat(lenient.letsIn(token)).isTrue();
            assertThat(lenient.validate(other).statusCode()).isEqualTo(503);
            assertThat(lenient.letsIn(token)).isTrue();
        } finally {
            server.close();
        }
    }
}
