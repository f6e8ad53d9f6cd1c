package db.migration;

import io.kriya.account.PhoneNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Normalizes numbers that the older service accepted (digits of other scripts, a trailing line end) to the stored form,
 * the oldest account first. A number is left as it is if another user already has its normalized form: nothing shows
 * whether both are the same user.
 */
// Declares JavaMigration again: the build looks for direct implementations, and does not look into Flyway's own
// classes.
public class V2__mend_phone_numbers extends BaseJavaMigration implements JavaMigration {

    private static final String ODD =
            "select id, phone_number from users where phone_number !~ '^\\+[1-9][0-9]{9,14}$' order by created_at, id";

    private static final String MEND = "update users set phone_number = ? where id = ?"
            + " and not exists (select from users where phone_number = ?)";

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (PreparedStatement odd = connection.prepareStatement(ODD);
                PreparedStatement mend = connection.prepareStatement(MEND);
                ResultSet rows = odd.executeQuery()) {
            while (rows.next()) {
                Optional<PhoneNumber> number =
                        PhoneNumber.parse(rows.getString("phone_number").strip());
                if (number.isPresent()) {
                    mend.setString(1, number.get().value());
                    mend.setObject(2, rows.getObject("id"));
                    mend.setString(3, number.get().value());
                    mend.executeUpdate();
                }
            }
        }
    }
}
