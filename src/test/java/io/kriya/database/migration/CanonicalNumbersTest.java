package io.kriya.database.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import db.migration.V17__canonical_phone_numbers;
import io.kriya.TestPostgres;
import io.kriya.TestPostgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The migration of numbers to the form of all their spellings, on a table of users as it finds one. */
class CanonicalNumbersTest {

    private final Database database = TestPostgres.database();

    @BeforeEach
    void theTableIsThere() {
        database.execute("""
                create table users (
                    id uuid primary key,
                    phone_number varchar(20) not null unique,
                    created_at timestamptz not null,
                    verified_email varchar(254) constraint users_verified_email_check check (
                        verified_email ~ '^[^@\\s]+@[^@\\s]+\\.[^@\\s.]+$' and verified_email = lower(verified_email))
                )""");
    }

    private UUID user(String number, int daysAgo) {
        UUID id = UUID.randomUUID();
        database.execute(
                "insert into users values ('%s', '%s', now() - interval '%d days')".formatted(id, number, daysAgo));
        return id;
    }

    private String numberOf(UUID user) {
        return database.query("select phone_number from users where id = '" + user + "'");
    }

    private String duplicates() {
        return database.query("select string_agg(user_id || ' ' || same_as, ', ') from duplicate_numbers");
    }

    private void migrate() throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            new V17__canonical_phone_numbers().migrate(new Context() {
                @Override
                public Configuration getConfiguration() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Connection getConnection() {
                    return connection;
                }
            });
            connection.commit();
        }
    }

    private void verify(UUID user, String email) {
        database.execute("update users set verified_email = '%s' where id = '%s'".formatted(email, user));
    }

    @Test
    void ofTwoSpellingsTheOldestAccountTakesTheFormAndTheOtherIsListed() throws SQLException {
        UUID younger = user("+4407911123456", 1);
        UUID older = user("+44007911123456", 2);
        migrate();
        assertThat(numberOf(older)).isEqualTo("+447911123456");
        assertThat(numberOf(younger)).isEqualTo("+4407911123456");
        assertThat(duplicates()).isEqualTo(younger + " " + older);
    }

    @Test
    void anAccountThatHasTheFormKeepsItFromAnOlderOne() throws SQLException {
        UUID older = user("+4407911123456", 2);
        UUID proper = user("+447911123456", 1);
        migrate();
        assertThat(numberOf(proper)).isEqualTo("+447911123456");
        assertThat(numberOf(older)).isEqualTo("+4407911123456");
        assertThat(duplicates()).isEqualTo(older + " " + proper);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~0123456789abcdef012", "+02025550100", "+1202555010x", "+1234567890", "+999123456789"})
    void aNumberThatHasNoOtherFormStays(String number) throws SQLException {
        UUID user = user(number, 1);
        migrate();
        assertThat(numberOf(user)).isEqualTo(number);
        assertThat(duplicates()).isNull();
    }

    @Test
    void aListedUserLeavesTheListWhenErased() throws SQLException {
        UUID younger = user("+4407911123456", 1);
        UUID older = user("+447911123456", 2);
        migrate();
        database.execute("delete from users where id = '" + older + "'");
        assertThat(duplicates()).isNull();
        assertThat(numberOf(younger)).isEqualTo("+4407911123456");
    }

    @Test
    void verifiedAddressesGetTheRuleOfGivenOnes() throws SQLException {
        UUID user = user("+447911123456", 1);
        verify(user, "o'brien@example.com".replace("'", "''"));
        migrate();
        verify(user, "a&b@xn--bcher-kva.example");
        assertThatThrownBy(() -> verify(user, "a@b..example.com"))
                .hasStackTraceContaining("users_verified_email_check");
        assertThatThrownBy(() -> verify(user, "A@example.com")).hasStackTraceContaining("users_verified_email_check");
    }

    @Test
    void aDatabaseWithAVerifiedAddressThatBreaksTheRuleKeepsTheFormerOne() throws SQLException {
        UUID user = user("+4407911123456", 1);
        verify(user, "ada@example..com");
        migrate();
        assertThat(numberOf(user)).isEqualTo("+447911123456");
        verify(user, "grace@example..com");
    }
}
