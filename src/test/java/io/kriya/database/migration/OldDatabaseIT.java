package io.kriya.database.migration;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.kriya.TestPostgres.Database;
import io.kriya.TestPostgres.Version;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kriya started on the database of the service that it replaces. */
class OldDatabaseIT {

    private static final String USERS = """
            create table users (
                id uuid not null primary key,
                phone_number varchar(20) not null,
                first_name varchar(100) not null,
                last_name varchar(100),
                email varchar(255),
                created_at timestamp without time zone not null,
                updated_at timestamp without time zone not null
            );
            create unique index ix_users_phone_number on users (phone_number);""";

    private static final String TOKENS = """
            create table tokens (
                id uuid not null primary key,
                user_id uuid not null references users (id),
                token varchar(255) not null,
                is_active boolean not null,
                expires_at timestamp without time zone not null,
                created_at timestamp without time zone not null
            );
            create unique index ix_tokens_token on tokens (token);""";

    private static final String ADA = "11111111-1111-4111-8111-111111111111";
    private static final String GRACE = "22222222-2222-4222-8222-222222222222";
    private static final String VALID = "kriya_" + UUID.randomUUID();
    private static final String EXPIRED = "kriya_" + UUID.randomUUID();
    private static final String LOGGED_OUT = "kriya_" + UUID.randomUUID();

    private static Database old(Version version) {
        Database database = TestPostgres.database(version);
        database.execute("alter database " + database.name() + " set timezone = 'Asia/Kolkata'");
        makeTables(database);
        user(database, ADA, "+12025550100", "'Lovelace'", "'ada@example.com'");
        user(database, GRACE, "+12025550101", "null", "null");
        token(database, ADA, VALID, true, "+ interval '1 hour'");
        token(database, ADA, EXPIRED, true, "- interval '1 second'");
        token(database, ADA, LOGGED_OUT, false, "+ interval '1 hour'");
        return database;
    }

    static void makeTables(Database database) {
        database.execute(USERS);
        database.execute(TOKENS);
    }

    private static void user(Database database, String id, String number, String lastName, String email) {
        database.execute("insert into users values ('" + id + "', E'" + number + "', 'Ada', " + lastName + ", " + email
                + ", '2024-11-09 10:30:00.5', '2024-11-09 10:30:00.5')");
    }

    private static void token(Database database, String user, String token, boolean active, String expiry) {
        database.execute("insert into tokens values (gen_random_uuid(), '" + user + "', '" + token + "', " + active
                + ", now() at time zone 'UTC' " + expiry + ", now() at time zone 'UTC')");
    }

    private static void manyTokens(Database database) {
        database.execute(
                "insert into tokens select gen_random_uuid(), '" + GRACE + "', 'kriya_' || gen_random_uuid(), true,"
                        + " now() at time zone 'UTC' + interval '1 day', now() at time zone 'UTC' from generate_series(1, 100000)");
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void usersKeepTheirIdsAndTokensStayValid(Version version) {
        Database database = old(version);
        manyTokens(database);
        String some = database.query("select token from tokens where user_id = '" + GRACE + "' limit 1");
        try (var kriya = KriyaProcess.start(database)) {
            var answer = JsonPath.from(kriya.validate(VALID).body());
            assertThat(answer.getBoolean("valid")).isTrue();
            assertThat(answer.getString("user.id")).isEqualTo(ADA);
            assertThat(answer.getString("user.phone_number")).isEqualTo("+12025550100");
            assertThat(answer.getString("user.last_name")).isEqualTo("Lovelace");
            assertThat(answer.getString("user.email")).isEqualTo("ada@example.com");
            assertThat(answer.getString("user.created_at")).isEqualTo("2024-11-09T10:30:00.500Z");
            assertThat(kriya.validate(EXPIRED).body()).contains("Token is expired or inactive");
            assertThat(kriya.validate(LOGGED_OUT).body()).contains("Token is expired or inactive");
            assertThat(JsonPath.from(kriya.validate(some).body()).getString("user.last_name"))
                    .isEmpty();
            var login = JsonPath.from(kriya.register("+12025550101").body());
            assertThat(login.getString("message")).isEqualTo("Login successful");
            assertThat(login.getString("user.id")).isEqualTo(GRACE);
            assertThat(login.getString("user.created_at")).isEqualTo("2024-11-09T10:30:00.500Z");
        }
        assertThat(database.count("select count(*) from tokens")).isEqualTo(100_004);
        assertThat(database.count("select count(*) from users")).isEqualTo(2);
        assertThat(database.count("select count(*) from tokens t where t::text like '%kriya_%'"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void theAdoptedSchemaIsThatOfANewDatabase(Version version) {
        Database adopted = old(version);
        Database made = TestPostgres.database(version);
        try (var _ = KriyaProcess.start(adopted);
                var _ = KriyaProcess.start(made)) {
            for (String look : new String[] {
                "select string_agg(c.relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull, ','"
                        + " order by c.relname, attname) from pg_attribute join pg_class c on c.oid = attrelid"
                        + " where c.relname in ('users', 'tokens') and attnum > 0 and not attisdropped",
                "select string_agg(indexdef, ',' order by indexdef) from pg_indexes where tablename in ('users', 'tokens')",
                "select string_agg(conname || ' ' || pg_get_constraintdef(oid), ',' order by conname) from pg_constraint"
                        + " where conrelid::regclass::text in ('users', 'tokens') and contype <> 'n'"
            }) {
                assertThat(adopted.query(look)).isNotBlank().isEqualTo(made.query(look));
            }
        }
    }

    @Test
    void legacyNumbersAreNormalizedIfFreeAndElseCounted() {
        Database database = old(Version.CURRENT);
        String arabic = "33333333-3333-4333-8333-333333333333";
        String newline = "44444444-4444-4444-8444-444444444444";
        String taken = "55555555-5555-4555-8555-555555555555";
        String zero = "66666666-6666-4666-8666-666666666666";
        user(database, arabic, "+١٢٠٢٥٥٥٠١٩٩", "null", "null");
        user(database, newline, "+12025550198\\n", "null", "null");
        user(database, taken, "+12025550100\\n", "null", "null");
        user(database, zero, "+02025550100", "null", "null");
        try (var kriya = KriyaProcess.start(database)) {
            assertThat(JsonPath.from(kriya.register("+12025550199").body()).getString("user.id"))
                    .isEqualTo(arabic);
            assertThat(JsonPath.from(kriya.register("+12025550198").body()).getString("user.id"))
                    .isEqualTo(newline);
            assertThat(JsonPath.from(kriya.register("+12025550100").body()).getString("user.id"))
                    .isEqualTo(ADA);
            assertThat(database.query("select phone_number from users where id = '" + taken + "'"))
                    .isEqualTo("+12025550100\n");
            assertThat(database.query("select phone_number from users where id = '" + zero + "'"))
                    .isEqualTo("+02025550100");
            assertThat(kriya.log())
                    .contains("2 users of the older service can't log in")
                    .doesNotContain("2025550100");
        }
        assertThat(database.count("select count(*) from users")).isEqualTo(6);
    }

    @Test
    void numbersGetTheFormOfAllTheirSpellingsIfItIsFreeAndElseAreListed() {
        Database database = old(Version.CURRENT);
        String trunkZero = "33333333-3333-4333-8333-333333333333";
        String mexican = "44444444-4444-4444-8444-444444444444";
        String taken = "55555555-5555-4555-8555-555555555555";
        String proper = "66666666-6666-4666-8666-666666666666";
        user(database, trunkZero, "+4407911123456", "null", "null");
        user(database, mexican, "+5215512345678", "null", "null");
        user(database, taken, "+4407911123457", "null", "null");
        user(database, proper, "+447911123457", "null", "null");
        try (var kriya = KriyaProcess.start(database)) {
            for (String spelling : new String[] {"+447911123456", "+4407911123456", "+44 (0)7911 123456"}) {
                assertThat(JsonPath.from(kriya.register(spelling).body()).getString("user.id"))
                        .isEqualTo(trunkZero);
            }
            assertThat(JsonPath.from(kriya.register("+525512345678").body()).getString("user.id"))
                    .isEqualTo(mexican);
            for (String spelling : new String[] {"+447911123457", "+4407911123457"}) {
                assertThat(JsonPath.from(kriya.register(spelling).body()).getString("user.id"))
                        .isEqualTo(proper);
            }
            assertThat(database.query("select phone_number from users where id = '" + taken + "'"))
                    .isEqualTo("+4407911123457");
            assertThat(database.query("select user_id || ' ' || same_as from duplicate_numbers"))
                    .isEqualTo(taken + " " + proper);
            assertThat(kriya.log())
                    .contains("1 users of the older service can't log in")
                    .doesNotContain("7911123457");
        }
        assertThat(database.count("select count(*) from users")).isEqualTo(6);
    }

    @Test
    void aLaterFormOfTheOldSchemaIsAdoptedAndOtherColumnsAreKept() {
        Database database = TestPostgres.database();
        database.execute(USERS);
        database.execute(
                "alter table users add token_version integer not null default 0, add plane_user_id varchar(64)");
        database.execute("create table alembic_version (version_num varchar(32) not null primary key)");
        user(database, ADA, "+12025550100", "null", "null");
        database.execute("update users set plane_user_id = 'p-1', token_version = 7");
        try (var kriya = KriyaProcess.start(database)) {
            var login = kriya.register("+12025550100");
            assertThat(JsonPath.from(login.body()).getString("user.id")).isEqualTo(ADA);
            assertThat(kriya.validate(KriyaProcess.tokenOf(login)).body()).contains("Token is valid");
            assertThat(JsonPath.from(kriya.register("+12025550102").body()).getString("message"))
                    .isEqualTo("Registration successful");
        }
        assertThat(database.query("select plane_user_id || token_version from users where id = '" + ADA + "'"))
                .isEqualTo("p-17");
    }

    @Test
    void aStartThatDiesHalfWayThroughCanBeRepeated() {
        Database database = old(Version.CURRENT);
        manyTokens(database);
        try (var kriya = KriyaProcess.launch(KriyaProcess.environment(database))) {
            await().pollInterval(java.time.Duration.ofMillis(1))
                    .until(() -> database.count("select count(*) from pg_stat_activity where datname = '"
                                    + database.name() + "' and query like '%Makes the tables%' and state = 'active'")
                            > 0);
            kriya.process().destroyForcibly();
            kriya.awaitExit();
        }
        try (var kriya = KriyaProcess.start(database)) {
            assertThat(kriya.validate(VALID).body()).contains("Token is valid");
            assertThat(database.count("select count(*) from tokens")).isEqualTo(100_003);
        }
    }

    @Test
    void severalReplicasMayAdoptItAtOnce() {
        Database database = old(Version.CURRENT);
        manyTokens(database);
        var replicas = new ArrayList<KriyaProcess>();
        try {
            for (int i = 0; i < 3; i++) {
                replicas.add(KriyaProcess.launch(KriyaProcess.environment(database)));
            }
            replicas.forEach(KriyaProcess::awaitAnswer);
            replicas.forEach(kriya -> assertThat(kriya.validate(VALID).body()).contains("Token is valid"));
        } finally {
            replicas.forEach(KriyaProcess::close);
        }
    }

    @Test
    void theDatabaseOfAnotherProgramIsNotChanged() {
        Database database = TestPostgres.database();
        database.execute("create table users (id serial primary key, username text)");
        try (var kriya = KriyaProcess.launch(KriyaProcess.environment(database))) {
            assertThat(kriya.awaitExit()).isEqualTo(1);
            assertThat(kriya.log()).contains("Give Kriya a database of its own");
        }
        assertThat(database.query("select to_regclass('tokens')")).isNull();
        assertThat(Api.KEY).isNotBlank();
    }
}
