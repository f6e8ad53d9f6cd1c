package io.kriya;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ShutdownIT {

    private final TestPostgres.Database database = TestPostgres.database();

    @AutoClose
    private KriyaProcess kriya;

    private String startWith(Map<String, String> settings) {
        var environment = KriyaProcess.environment(database);
        // The machine that the tests run on may be slow; that is not what they look for.
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        environment.putAll(settings);
        kriya = KriyaProcess.start(environment);
        return KriyaProcess.tokenOf(kriya.register(Api.number()));
    }

    /** In which a machine with nothing else to do gets everything done. */
    private static Map<String, String> withDelay(int seconds) {
        return Map.of("SHUTDOWN_DELAY_SECONDS", Integer.toString(seconds * Patience.FACTOR));
    }

    @Test
    void noRequestFailsOfClientsThatStopWhenReadinessGoesDown() {
        String token = startWith(withDelay(3));
        try (var load = new Load(200, token, List.of(kriya))) {
            terminateUnder(load);
            assertThat(kriya.awaitExit()).isZero();
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void duringTheDelayItIsUnreadyAndAliveAndServesWhatComes() {
        String token = startWith(withDelay(5));
        kriya.terminate();
        await("unready").until(() -> kriya.get("/q/health/ready").statusCode() == 503);
        assertThat(kriya.get("/q/health/live").statusCode()).isEqualTo(200);
        HttpResponse<String> answer = kriya.validate(token);
        assertThat(answer.body()).contains("Token is valid");
        assertThat(answer.headers().firstValue("connection")).hasValue("close");
        assertThat(kriya.awaitExit()).isZero();
    }

    @Test
    void aRequestInFlightIsFinished() throws Exception {
        String token = startWith(Map.of());
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table tokens in access exclusive mode");
            Future<HttpResponse<String>> inFlight = CompletableFuture.supplyAsync(() -> kriya.validate(token));
            awaitBlocked();
            kriya.terminate();
            kriya.awaitLog("Waiting for HTTP requests to complete");
            connection.commit();
            assertThat(inFlight.get().body()).contains("Token is valid");
        }
        assertThat(kriya.awaitExit()).isZero();
    }

    @Test
    void aDatabaseThatIsTooSlowDoesNotKeepItFromEnding() throws Exception {
        // Before Kriya gives requests up at its end.
        int late = Math.min(3_000 * Patience.FACTOR, 12_000);
        String token = startWith(Map.of("DATABASE_TIMEOUT_MILLIS", Integer.toString(late)));
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table tokens in access exclusive mode");
            Future<HttpResponse<String>> inFlight = CompletableFuture.supplyAsync(() -> kriya.validate(token));
            awaitBlocked();
            kriya.terminate();
            assertThat(inFlight.get().statusCode()).isEqualTo(503);
            assertThat(kriya.awaitExit()).isZero();
        }
    }

    @Test
    void aSecondTerminationChangesNothing() {
        String token = startWith(withDelay(3));
        try (var load = new Load(200, token, List.of(kriya))) {
            terminateUnder(load);
            kriya.terminate();
            assertThat(kriya.validate(token).statusCode()).isEqualTo(200);
            assertThat(kriya.awaitExit()).isZero();
            assertThat(load.failures()).isEmpty();
        }
    }

    @Test
    void aStartOnATakenPortFails() {
        startWith(Map.of());
        var environment = KriyaProcess.environment(database);
        environment.put("PORT", Integer.toString(kriya.port()));
        try (var second = KriyaProcess.launch(environment)) {
            assertThat(second.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    void aStartThatWaitsForItsDatabaseCanBeEnded() {
        kriya = KriyaProcess.launch(Map.of(
                "DATABASE_URL",
                "postgresql://u@127.0.0.1:1/d",
                "PLANE_API_KEY",
                Api.KEY,
                "DATABASE_WAIT_SECONDS",
                "3600"));
        kriya.awaitLog("The database is not up yet");
        kriya.terminate();
        assertThat(kriya.awaitExit()).isZero();
    }

    @Test
    void aStartThatIsStuckInTheDatabaseCanBeEnded() throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Whoever makes the same waits for whether this stays.
            statement.execute("create table flyway_schema_history ()");
            kriya = KriyaProcess.launch(KriyaProcess.environment(database));
            awaitBlocked();
            kriya.terminate();
            assertThat(kriya.awaitExit()).isZero();
        }
    }

    private void terminateUnder(Load load) {
        load.awaitAnswers(400);
        kriya.terminate();
        await("unready").until(() -> !load.isAnyReady());
    }

    private void awaitBlocked() {
        await("a request that waits for the lock")
                .until(() -> database.count("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and"
                                + " datname = current_database()")
                        > 0);
    }
}
