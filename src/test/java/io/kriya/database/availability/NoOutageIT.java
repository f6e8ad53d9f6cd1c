package io.kriya.database.availability;

import static io.kriya.database.availability.OutageIT.atOnce;
import static io.kriya.database.availability.OutageIT.awaitSeconds;
import static io.kriya.database.availability.OutageIT.timed;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.kriya.TestPostgres.Database;
import java.net.http.HttpResponse;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Failures of single requests or connections that are no outage of the database. */
class NoOutageIT {

    private static Database database;

    @AutoClose
    private static KriyaProcess kriya;

    private static String token;

    @BeforeAll
    static void kriyaRuns() {
        database = TestPostgres.database();
        var environment = KriyaProcess.environment(database);
        environment.put("TOKEN_CACHE_SIZE", "0");
        kriya = KriyaProcess.start(environment);
        token = KriyaProcess.tokenOf(kriya.register(Api.number()));
        OutageIT.runForAWhile(kriya, token);
    }

    @Test
    void aReplicaWithoutNewConnectionsIsReadyWhileItsPoolWorks() {
        database.execute("create role limited login");
        database.execute("grant all on all tables in schema public to limited");
        var environment = KriyaProcess.environment(database);
        environment.put("DATABASE_URL", database.url().replace("postgres@", "limited@"));
        environment.put("TOKEN_CACHE_SIZE", "0");
        try (var limited = KriyaProcess.start(environment)) {
            assertThat(limited.register(Api.number()).statusCode()).isEqualTo(200);
            database.execute("alter role limited connection limit 1");
            for (int i = 0; i < 5; i++) {
                // What was answered before holds for a second.
                awaitSeconds(1);
                assertThat(limited.isReady()).isTrue();
                assertThat(limited.letsIn(token)).isTrue();
            }
            assertThat(limited.log()).doesNotContain("The database is unavailable");
        }
    }

    @Test
    void aMissingPrivilegeMeans503AndTheLogNamesIt() {
        database.execute("create role plain login");
        database.execute("grant all on all tables in schema public to plain");
        var environment = KriyaProcess.environment(database);
        environment.put("DATABASE_URL", database.url().replace("postgres@", "plain@"));
        environment.put("DATABASE_TIMEOUT_MILLIS", KriyaProcess.timeout(20_000));
        try (var restricted = KriyaProcess.start(environment)) {
            assertThat(restricted.register(Api.number()).statusCode()).isEqualTo(200);
            database.execute("revoke insert on users from plain");
            for (int i = 0; i < 20; i++) {
                assertThat(restricted.register(Api.number()).statusCode()).isEqualTo(503);
            }
            String reason = "A request was answered 503: ERROR: permission denied for table users";
            assertThat(restricted.log()).contains(reason).doesNotContain("\tat ");
            assertThat(restricted.log().lines().filter(line -> line.contains(reason)))
                    .as("not one a request")
                    .hasSizeLessThan(20);
            database.execute("grant insert on users to plain");
            assertThat(restricted.register(Api.number()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aLockMeans503OnlyForRequestsThatWaitForIt() throws Exception {
        String number = Api.number();
        kriya.register(number);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select 1 from users where phone_number = '" + number + "' for update");
            HttpResponse<String> waiting = timed(() -> kriya.register(number));
            assertThat(waiting.statusCode()).isEqualTo(503);
            assertThat(kriya.validate(token).statusCode()).isEqualTo(200);
            connection.rollback();
        }
        assertThat(kriya.register(number).statusCode()).isEqualTo(200);
    }

    @Test
    void aPoolExhaustedByALockIsNoOutage() throws Exception {
        String number = Api.number();
        kriya.register(number);
        int waiters = 3 * (int) kriya.metric("kriya_database_pool_size");
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var background = Executors.newSingleThreadExecutor()) {
            connection.setAutoCommit(false);
            statement.execute("select 1 from users where phone_number = '" + number + "' for update");
            var late = background.submit(() -> atOnce(waiters, () -> kriya.register(number)));
            while (!late.isDone()) {
                assertThat(kriya.get("/q/health/ready").statusCode()).isEqualTo(200);
            }
            assertThat(late.get()).allMatch(answer -> answer.statusCode() == 503);
            connection.rollback();
        }
        assertThat(kriya.metric("kriya_database_outages_total")).isZero();
        assertThat(kriya.metric("kriya_database_up")).isEqualTo(1);
        assertThat(kriya.log()).doesNotContain("The database is unavailable");
    }
}
