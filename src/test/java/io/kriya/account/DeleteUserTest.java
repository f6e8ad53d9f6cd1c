package io.kriya.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Leftovers;
import io.kriya.TestPostgres;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@code delete from users} does, as an operator runs it. */
@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class DeleteUserTest {

    /** Rows of every table that knows a number or a user. */
    private static final String EVERYTHING = """
            insert into grants (id, code_hash, user_id, client_id, redirect_uri, created_at, expires_at)
                select gen_random_uuid(), sha256(id::text::bytea), id, 'plane', 'https://plane.example.com', now(), LATER
                from users where phone_number = 'NUMBER';
            insert into challenges (id, secret_hash, key_id, phone_number, first_name, attempts, sends, created_at,
                    expires_at, resend_at, ended_at)
                select gen_random_uuid(), sha256(('NUMBER' || n)::bytea), 1, 'NUMBER', 'Augusta', 0, 1, now(),
                    LATER, now(), case when n > 1 then now() end
                from generate_series(1, 2) n;
            insert into limits (name, paid_at) values ('number NUMBER', LATER), ('wrong_codes NUMBER', LATER);
            insert into invited_numbers (phone_number) values ('NUMBER');
            insert into users (id, phone_number, first_name, created_at, updated_at, former_phone_number, released_at)
                values (gen_random_uuid(), '~' || left(md5('NUMBER'), 19), 'Eve', now(), now(), 'NUMBER', now())""";

    private static void insertEverything(TestPostgres.Database database, String number) {
        // The clean-up must not be first.
        String sql = EVERYTHING.replace("NUMBER", number).replace("LATER", "now() + interval '1 hour'");
        for (String statement : sql.split(";")) {
            database.execute(statement);
        }
    }

    @Test
    void deletingAUserLeavesNothingOfThem() {
        var database = TestSettings.database();
        // Of a form that the limits of numbers have.
        String number = "+1202" + Api.number().substring(8);
        var registered = Api.register(Map.of(
                "phone_number",
                number,
                "first_name",
                "Augusta",
                "last_name",
                "Ada-King",
                "email",
                "augusta@example.com"));
        String token = registered.path("token");
        String user = registered.path("user.id");
        List<String> texts = List.of(number, user, token, "Augusta", "Ada-King", "augusta@example.com");
        insertEverything(database, number);
        assertThat(Leftovers.of(database, texts)).contains("public.challenges: " + number, "public.tokens: " + token);

        database.execute("delete from users where phone_number = '" + number + "'");

        assertThat(Leftovers.of(database, texts)).isEmpty();
        assertThat(Api.user(token).statusCode()).isEqualTo(401);
    }

    @Test
    void deletingAUserLeavesAllOthers() {
        var database = TestSettings.database();
        String number = Api.number();
        String other = Api.tokenOf(Api.number());
        Api.tokenOf(number);
        database.execute(
                "insert into limits (name, paid_at) values ('number +99912345678901', now() + interval '1 hour')");
        database.execute("delete from users where phone_number = '" + number + "'");
        assertThat(Api.user(other).statusCode()).isEqualTo(200);
        assertThat(database.count("select count(*) from limits where name = 'number +99912345678901'"))
                .isEqualTo(1);
    }

    @Test
    void theStatementsThatOperatorsAreGivenLeaveNothing() throws IOException {
        var database = TestSettings.database();
        String number = "+1202" + Api.number().substring(8);
        String user = Api.login(number).path("user.id");
        insertEverything(database, number);
        List<String> statements = Files.readAllLines(Path.of("docs/privacy.md")).stream()
                .filter(line -> line.startsWith("    "))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining("\n"), sql -> List.of(sql.strip().split(";\\s*"))));
        assertThat(statements).hasSizeGreaterThan(9);
        for (String sql : statements) {
            database.execute(sql.replace("+12025550100", number).replace(":'id'", "'" + user + "'"));
        }
        assertThat(Leftovers.of(database, List.of(number, user))).isEmpty();
    }

    @Test
    void allUsersMayBeDeletedAtOnceAlsoOneWhoseFormerNumberAnotherHas() {
        var database = TestSettings.database();
        String number = Api.number();
        Api.tokenOf(number);
        insertEverything(database, number.substring(0, 12));
        String released = "'~' || left(md5('" + number.substring(0, 12) + "'), 19)";
        database.execute("update users set former_phone_number = '" + number + "' where phone_number = " + released);
        database.execute("delete from users where phone_number in ('" + number + "', " + released + ")");
        assertThat(database.count(
                        "select count(*) from users where phone_number in ('" + number + "', " + released + ")"))
                .isZero();
    }
}
