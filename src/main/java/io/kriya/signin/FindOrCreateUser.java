package io.kriya.signin;

import io.agroal.api.AgroalDataSource;
import io.kriya.account.PhoneNumber;
import io.kriya.account.Profile;
import io.kriya.account.User;
import io.kriya.token.Token;
import jakarta.inject.Singleton;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the user of a number or creates it, and issues a token if one is given: in one statement, which is one round trip
 * and, outside of a transaction, its own commit. Hibernate would take four, and a session for it.
 */
@Singleton
class FindOrCreateUser {

    private static final String REQUEST = """
            with request as (
                select cast(? as uuid) as new_id, cast(? as text) as phone, cast(? as boolean) as admits_new,
                    cast(? as text) as first, cast(? as text) as last, cast(? as text) as mail, cast(? as timestamptz) as now)
            """;

    /**
     * Of concurrent statements for one number, the unique index lets one insert; the others wait for it and update.
     * Null leaves a stored last name or e-mail, empty clears it. The columns are named, as a prepared statement that
     * returned all of them would fail when a newer version adds one.
     */
    private static final String FIND_OR_CREATE = """
            insert into users (id, phone_number, first_name, last_name, email, created_at, updated_at, last_login_at)
            select new_id, phone, first, nullif(last, ''), nullif(mail, ''), now, now, now from request
            where admits_new or exists (select from users where phone_number = phone)
            on conflict (phone_number) do update set
                first_name = excluded.first_name,
                last_name = case when (select last from request) is null then users.last_name else excluded.last_name end,
                email = case when (select mail from request) is null then users.email else excluded.email end,
                updated_at = excluded.updated_at,
                last_login_at = excluded.last_login_at
            returning id, phone_number, first_name, last_name, email, created_at, last_login_at""";

    private static final String AND_ISSUE_TOKEN = REQUEST + ", entered as (" + FIND_OR_CREATE + """
            ), issued as (
                insert into tokens (id, user_id, token_hash, is_active, expires_at, created_at, device, address)
                select cast(? as uuid), id, cast(? as bytea), true, cast(? as timestamptz), last_login_at,
                    cast(? as text), cast(? as text)
                from entered)
            select * from entered""";

    private final AgroalDataSource database;

    FindOrCreateUser(AgroalDataSource database) {
        this.database = database;
    }

    /**
     * @param newId the id of a new user
     * @param admitsNew whether a number that no user has may register
     * @param token is issued to the user; empty if none is
     * @return the user, which Hibernate does not manage; empty if the number is unknown and may not register
     */
    Optional<User> run(
            UUID newId, PhoneNumber phone, Profile profile, boolean admitsNew, Instant now, Optional<Token> token) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(token.isPresent() ? AND_ISSUE_TOKEN : REQUEST + FIND_OR_CREATE)) {
            statement.setObject(1, newId);
            statement.setString(2, phone.value());
            statement.setBoolean(3, admitsNew);
            statement.setString(4, profile.firstName());
            statement.setString(5, profile.lastName());
            statement.setString(6, profile.email());
            statement.setObject(7, at(now));
            if (token.isPresent()) {
                Token issued = token.get();
                statement.setObject(8, issued.id);
                statement.setBytes(9, issued.tokenHash);
                statement.setObject(10, at(issued.expiresAt));
                statement.setString(11, issued.device);
                statement.setString(12, issued.address);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(user(row)) : Optional.empty();
            }
        } catch (SQLException failure) {
            // As Hibernate does: a transaction is rolled back for an unchecked exception only.
            throw new PersistenceException(failure);
        }
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static User user(ResultSet row) throws SQLException {
        var user = new User();
        user.id = row.getObject(1, UUID.class);
        user.phoneNumber = row.getString(2);
        user.firstName = row.getString(3);
        user.lastName = row.getString(4);
        user.email = row.getString(5);
        user.createdAt = row.getObject(6, OffsetDateTime.class).toInstant();
        user.lastLoginAt = row.getObject(7, OffsetDateTime.class).toInstant();
        return user;
    }
}
