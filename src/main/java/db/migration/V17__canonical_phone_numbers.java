package db.migration;

import io.kriya.account.PhoneFormat;
import io.kriya.account.PhoneNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Gives each number the form that all of its spellings share, such as without a trunk zero, the oldest account first. A
 * number whose form another user has is left as it is, and both users are listed: nothing shows whether they are the
 * same person.
 */
// Declares JavaMigration again, as V2 does.
public class V17__canonical_phone_numbers extends BaseJavaMigration implements JavaMigration {

    private static final int ROWS_AT_ONCE = 10_000;

    private static final String CREATE = """
            create table duplicate_numbers (
                user_id uuid constraint duplicate_numbers_pkey primary key
                    constraint duplicate_numbers_user_id_fkey references users (id) on delete cascade,
                same_as uuid not null
                    constraint duplicate_numbers_same_as_fkey references users (id) on delete cascade
            )""";

    private static final String NUMBERS = "select id, phone_number from users order by created_at, id";

    private static final String TAKE = "update users set phone_number = ? where id = ?"
            + " and not exists (select from users where phone_number = ?)";

    private static final String LIST =
            "insert into duplicate_numbers (user_id, same_as) select ?, id from users where phone_number = ?";

    /**
     * The rule of the addresses that users give, ValidEmail, for verified ones. A row that breaks it could not be
     * updated any more, so a database with one keeps the former rule.
     */
    private static final String VERIFIED_EMAIL_RULE = """
            do $$
            declare
                atom constant text := '[a-z0-9!#$%&''*+/=?^_`{|}~-]+';
                form constant text := '^' || atom || '(\\.' || atom || ')*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+'
                    '(?![0-9]+$)[a-z0-9][a-z0-9-]*[a-z0-9]$';
            begin
                if not exists (select from users where verified_email is not null and verified_email !~ form) then
                    alter table users drop constraint users_verified_email_check;
                    execute format('alter table users add constraint users_verified_email_check'
                        ' check (verified_email ~ %L and verified_email = lower(verified_email)) not valid', form);
                end if;
            end
            $$""";

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement create = connection.createStatement()) {
            create.execute(CREATE);
        }
        try (PreparedStatement numbers = connection.prepareStatement(NUMBERS);
                PreparedStatement take = connection.prepareStatement(TAKE);
                PreparedStatement list = connection.prepareStatement(LIST)) {
            numbers.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = numbers.executeQuery()) {
                while (rows.next()) {
                    String stored = rows.getString("phone_number");
                    // Others were never those of a user who could log in; V2 has normalized what it could.
                    if (stored.matches(PhoneNumber.PATTERN)) {
                        String canonical =
                                PhoneFormat.canonical(new PhoneNumber(stored)).value();
                        if (!canonical.equals(stored)) {
                            move(rows.getObject("id", UUID.class), canonical, take, list);
                        }
                    }
                }
            }
        }
        try (Statement rule = connection.createStatement()) {
            rule.setEscapeProcessing(false);
            rule.execute(VERIFIED_EMAIL_RULE);
        }
    }

    private static void move(UUID user, String canonical, PreparedStatement take, PreparedStatement list)
            throws SQLException {
        take.setString(1, canonical);
        take.setObject(2, user);
        take.setString(3, canonical);
        if (take.executeUpdate() == 0) {
            list.setObject(1, user);
            list.setString(2, canonical);
            list.executeUpdate();
        }
    }
}
