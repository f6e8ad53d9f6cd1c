package io.kriya.signin;

import io.kriya.account.PhoneNumber;
import io.kriya.account.Profile;
import io.kriya.account.User;
import io.kriya.database.Sql;
import io.kriya.token.Token;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
                select cast(:id as uuid) as new_id, cast(:phone as text) as phone, cast(:admitsNew as boolean) as admits_new,
                    cast(:first as text) as first, cast(:last as text) as last, cast(:email as text) as mail,
                    cast(:now as timestamptz) as now)
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

    private static final String ALONE = REQUEST + FIND_OR_CREATE;

    private static final String AND_ISSUE_TOKEN = REQUEST + ", entered as (" + FIND_OR_CREATE + """
            ), issued as (
                insert into tokens (id, user_id, token_hash, is_active, expires_at, created_at, device, address)
                select :token, id, :hash, true, :expires, last_login_at, :device, :address
                from entered)
            select * from entered""";

    /**
     * @param newId the id of a new user
     * @param admitsNew whether a number that no user has may register
     * @param token is issued to the user; empty if none is
     * @return the user, which Hibernate does not manage; empty if the number is unknown and may not register
     */
    Optional<User> run(
            UUID newId, PhoneNumber phone, Profile profile, boolean admitsNew, Instant now, Optional<Token> token) {
        Sql sql = Sql.of(token.isPresent() ? AND_ISSUE_TOKEN : ALONE)
                .with("id", newId)
                .with("phone", phone.value())
                .with("admitsNew", admitsNew)
                .with("first", profile.firstName())
                .with("last", profile.lastName())
                .with("email", profile.email())
                .with("now", now);
        token.ifPresent(issued -> sql.with("token", issued.id)
                .with("hash", issued.tokenHash)
                .with("expires", issued.expiresAt)
                .with("device", issued.device)
                .with("address", issued.address));
        return sql.first(FindOrCreateUser::user);
    }

    private static User user(ResultSet row) throws SQLException {
        var user = new User();
        user.id = row.getObject("id", UUID.class);
        user.phoneNumber = row.getString("phone_number");
        user.firstName = row.getString("first_name");
        user.lastName = row.getString("last_name");
        user.email = row.getString("email");
        user.createdAt = Sql.instant(row, "created_at");
        user.lastLoginAt = Sql.instant(row, "last_login_at");
        return user;
    }
}
