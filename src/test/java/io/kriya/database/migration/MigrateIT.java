package io.kriya.database.migration;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.KriyaProcess;
import io.kriya.Ports;
import io.kriya.TestPostgres;
import io.kriya.TestPostgres.Database;
import io.kriya.database.availability.MigrationState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code migrate}. */
class MigrateIT {

    /** More by {@code -Dkriya.migrate.people=1000000}. */
    private static final int COUNT = Integer.getInteger("kriya.migrate.people", 100_000);

    private static final String MANY_PEOPLE = """
            insert into users select gen_random_uuid(), '+1' || 2000000000 + n, 'Ada', nullif('Lovelace', 'Lovelace' || n %% 2),
                null, timestamp '2024-11-09' + n * interval '1 second', timestamp '2024-11-09' from generate_series(1, %d) n;
            insert into tokens select gen_random_uuid(), id, 'kriya_' || id, true, timestamp '2124-11-09', timestamp '2024-11-09'
                from users limit %d""".formatted(COUNT, COUNT / 2);

    /** How many there are, and a sum of all that is known of each. */
    private static final String PEOPLE = """
            select count(*) || ' ' || sum(hashtextextended(concat_ws(',', id, phone_number, first_name, last_name, email,
                %s), 0)::numeric) from users""";

    private static final String TOKENS = """
            select count(*) || ' ' || sum(hashtextextended(concat_ws(',', id, user_id, %s, is_active,
                %s), 0)::numeric) from tokens""";

    /** Holds the first migration up, which waits for whether this stays. */
    private static final String GATE = "create table users ()";

    private static final String WAITING =
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";

    private static KriyaProcess migrate(Database database) {
        return KriyaProcess.command(Map.of("DATABASE_URL", database.url()), "migrate");
    }

    private static void assertSucceeds(KriyaProcess migrate) {
        assertThat(migrate.awaitExit()).as(migrate.log()).isZero();
    }

    @Test
    void itNeedsOnlyTheDatabaseUrlAndExitsAfterTheMigrations() {
        Database database = TestPostgres.database();
        try (var migrate = migrate(database)) {
            assertSucceeds(migrate);
            assertThat(migrate.log()).contains("The tables are up to date.").doesNotContain("WARN", "\tat ");
        }
        assertThat(database.query("select version from flyway_schema_history order by installed_rank desc limit 1"))
                .isEqualTo(MigrationState.LATEST);
        try (var again = migrate(database)) {
            assertSucceeds(again);
        }
        try (var kriya = KriyaProcess.start(database)) {
            assertThat(kriya.register("+12025550100").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void otherSettingsAreIgnored() throws Exception {
        try (var one = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment = new HashMap<>(Map.of(
                    "HOST", "127.0.0.1",
                    "PORT", Integer.toString(one.getLocalPort()),
                    "MANAGEMENT_PORT", Integer.toString(other.getLocalPort()),
                    "PLANE_API_KEY", "short",
                    "OAUTH_CLIENT_ID", "plane",
                    "PHONE_VERIFICATION", "sms",
                    "LOGIN_LOGO", "/missing.svg",
                    "TOKEN_CLEANUP_MINUTES", "never"));
            environment.put("DATABASE_URL", TestPostgres.database().url());
            try (var migrate = KriyaProcess.command(environment, "migrate")) {
                assertSucceeds(migrate);
                assertThat(migrate.log()).doesNotContain("WARN");
            }
        }
    }

    /** What runs beside it, the version before, may have them. Kriya's own settings of ports are not looked at here. */
    @Test
    void itOpensNoPort() throws Exception {
        Database database = TestPostgres.database();
        var ports = List.of(Ports.free(), Ports.free());
        try (var gate = database.connect();
                var statement = gate.createStatement()) {
            gate.setAutoCommit(false);
            statement.execute(GATE);
            try (var migrate = KriyaProcess.command(
                    Map.of(
                            "DATABASE_URL", database.url(),
                            "QUARKUS_HTTP_HOST", "127.0.0.1",
                            "QUARKUS_HTTP_PORT", ports.getFirst().toString(),
                            "QUARKUS_MANAGEMENT_PORT", ports.getLast().toString()),
                    "migrate")) {
                await().until(() -> database.count(WAITING) > 0);
                assertThat(ports).noneMatch(MigrateIT::isOpen);
                gate.rollback();
                assertSucceeds(migrate);
            }
        }
    }

    private static boolean isOpen(int port) {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void anUnusableDatabaseEndsItWithASentence() {
        Database database = TestPostgres.database();
        database.execute("create table users (id serial primary key, username text)");
        try (var migrate = migrate(database)) {
            assertThat(migrate.awaitExit()).isEqualTo(1);
            assertThat(migrate.log().lines().filter(line -> line.startsWith("DATABASE_URL: ")))
                    .singleElement()
                    .asString()
                    .contains("Give Kriya a database of its own");
            assertThat(migrate.log()).doesNotContain("\tat ");
        }
        try (var migrate = KriyaProcess.command(
                Map.of("DATABASE_URL", "postgresql://u:s3cret@127.0.0.1:1/d", "DATABASE_WAIT_SECONDS", "0"),
                "migrate")) {
            assertThat(migrate.awaitExit()).isEqualTo(1);
            assertThat(migrate.log())
                    .contains("DATABASE_URL: the database can't be used")
                    .doesNotContain("s3cret", "\tat ");
        }
    }

    @Test
    void withoutADatabaseItSaysWhatIsMissing() {
        try (var migrate = KriyaProcess.command(Map.of(), "migrate")) {
            assertThat(migrate.awaitExit()).isEqualTo(1);
            assertThat(migrate.log()).startsWith("DATABASE_URL is required").hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrat", "migrate now", "postgresql://u:s3cret@host/d"})
    void anUnknownCommandIsRefusedWithTheKnownOnes(String words) {
        try (var kriya = KriyaProcess.command(Map.of(), words.split(" "))) {
            assertThat(kriya.awaitExit()).isEqualTo(2);
            assertThat(kriya.log())
                    .contains("health", "migrate")
                    .doesNotContain("s3cret")
                    .hasLineCount(1);
        }
    }

    @Test
    void manyUsersAreMigratedAlthoughAMigrationIsKilled() {
        Database database = TestPostgres.database();
        OldDatabaseIT.makeTables(database);
        database.execute(MANY_PEOPLE);
        String people = database.query(PEOPLE.formatted("created_at, updated_at"));
        String tokens = database.query(
                TOKENS.formatted("encode(sha256(convert_to(token, 'UTF8')), 'hex')", "expires_at, created_at"));
        try (var killed = migrate(database)) {
            await("a migration under way")
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> database.count("select count(*) from pg_stat_activity where state = 'active'"
                                    + " and datname = current_database() and query like '%sha256(convert\\_to%'"
                                    + " and pid <> pg_backend_pid()")
                            > 0);
            killed.process().destroyForcibly();
            assertThat(killed.awaitExit()).isEqualTo(137);
        }
        assertThat(database.query("select version from flyway_schema_history"
                        + " order by string_to_array(version, '.')::int[] desc nulls last limit 1"))
                .isEqualTo("0");
        try (var migrate = migrate(database)) {
            assertSucceeds(migrate);
        }
        String utc = " at time zone 'UTC'";
        assertThat(database.query(PEOPLE.formatted("created_at" + utc + ", updated_at" + utc)))
                .isEqualTo(people);
        assertThat(database.query(
                        TOKENS.formatted("encode(token_hash, 'hex')", "expires_at" + utc + ", created_at" + utc)))
                .isEqualTo(tokens);
    }

    @Test
    void aKilledMigrationLeavesNoServerProcessBehind() throws Exception {
        Database database = TestPostgres.database();
        try (var gate = database.connect();
                var statement = gate.createStatement()) {
            gate.setAutoCommit(false);
            statement.execute(GATE);
            try (var migrate = migrate(database)) {
                await().until(() -> database.count(WAITING) > 0);
                migrate.process().destroyForcibly();
                migrate.awaitExit();
            }
            await().until(() -> database.count(WAITING) == 0);
        }
    }

    @Test
    void severalTakeTurnsAndLogHowLongTheyWait() throws Exception {
        Database database = TestPostgres.database();
        var all = new ArrayList<KriyaProcess>();
        try (var gate = database.connect();
                var statement = gate.createStatement()) {
            gate.setAutoCommit(false);
            statement.execute(GATE);
            for (int i = 0; i < 3; i++) {
                all.add(migrate(database));
            }
            // One at the gate, and the others behind it.
            all.forEach(one -> one.awaitLog("or waiting for another replica that does, for"));
            assertThat(database.count(WAITING)).isEqualTo(1);
            gate.rollback();
            all.forEach(MigrateIT::assertSucceeds);
        } finally {
            all.forEach(KriyaProcess::close);
        }
        assertThat(database.count("select count(*) - count(distinct version) from flyway_schema_history"))
                .isZero();
    }

    @Test
    void aMigrationThatIsTerminatedReportsNoSuccess() throws Exception {
        Database database = TestPostgres.database();
        try (var gate = database.connect();
                var statement = gate.createStatement()) {
            gate.setAutoCommit(false);
            statement.execute(GATE);
            try (var migrate = migrate(database)) {
                await().until(() -> database.count(WAITING) > 0);
                migrate.terminate();
                assertThat(migrate.awaitExit()).isEqualTo(143);
            }
        }
    }
}
