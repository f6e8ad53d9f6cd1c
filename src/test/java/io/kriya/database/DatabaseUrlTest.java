package io.kriya.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p@h:5433/d, jdbc:postgresql://h:5433/d",
        "postgres://u:p@h/d, jdbc:postgresql://h:5432/d",
        "postgresql+psycopg2://u:p@h/d, jdbc:postgresql://h:5432/d",
        "postgresql+asyncpg://u:p@h/d, jdbc:postgresql://h:5432/d",
        "jdbc:postgresql://h:5433/d?user=u&password=p, jdbc:postgresql://h:5433/d",
        "jdbc:postgresql://h/d?user=u&password=p&ssl=true, jdbc:postgresql://h:5432/d?ssl=true",
        "postgresql://h/d?user=u&password=p, jdbc:postgresql://h:5432/d",
        "postgresql://u:p@/d, jdbc:postgresql://localhost:5432/d",
        "postgresql:///d?user=u&password=p, jdbc:postgresql://localhost:5432/d",
        "postgresql:///d?host=h&port=5433&user=u&password=p, jdbc:postgresql://h:5433/d",
        "postgresql://u:p@h, jdbc:postgresql://h:5432/u",
        "postgresql://u:p@h/, jdbc:postgresql://h:5432/u",
        "postgresql://u:p@[::1]:5433/d, jdbc:postgresql://[::1]:5433/d",
        "postgresql://u:p@[2001:db8::1]/d, jdbc:postgresql://[2001:db8::1]:5432/d",
        "postgresql://u:p@h/d%20e, jdbc:postgresql://h:5432/d%20e",
        "postgresql://u:p@h/d?sslmode=require, jdbc:postgresql://h:5432/d?sslmode=require",
        "postgresql+asyncpg://u:p@h/d?ssl=require, jdbc:postgresql://h:5432/d?sslmode=require",
        "postgresql://u:p@h/d?connect_timeout=7&application_name=a%20b, jdbc:postgresql://h:5432/d?connectTimeout=7&ApplicationName=a%20b",
        "postgresql://u:p@h/d?options=-c%20search_path%3Dx, jdbc:postgresql://h:5432/d?options=-c%20search_path%3Dx",
        "postgresql://u:p@h/d?target_session_attrs=read-write, jdbc:postgresql://h:5432/d?targetServerType=primary"
    })
    void aUrlIsRead(String given, String jdbc) {
        var url = DatabaseUrl.parse(given);
        assertThat(url.jdbcUrl()).isEqualTo(jdbc);
        assertThat(url.user()).contains("u");
        assertThat(url.password()).contains("p");
    }

    @Test
    void severalHostsAreKept() {
        assertThat(DatabaseUrl.parse("postgresql://u@h1:1,h2,h3:3/d").jdbcUrl())
                .isEqualTo("jdbc:postgresql://h1:1,h2:5432,h3:3/d");
        assertThat(DatabaseUrl.parse("postgresql:///d?host=h1,h2&port=1,2&user=u")
                        .jdbcUrl())
                .isEqualTo("jdbc:postgresql://h1:1,h2:2/d");
    }

    @Test
    void userAndPasswordAreDecoded() {
        var url = DatabaseUrl.parse("postgresql://o%27r:p%40ss%3Aw%2Frd%25%3F%23+@h/d");
        assertThat(url.user()).contains("o'r");
        assertThat(url.password()).contains("p@ss:w/rd%?#+");
    }

    @Test
    void anAtSignInAPasswordNeedNotBeEncoded() {
        assertThat(DatabaseUrl.parse("postgresql://u:p@ss@h/d").password()).contains("p@ss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "mysql://u:s3cret@h/d",
                "http://u:s3cret@h/d",
                "postgresql:/u:s3cret@h/d",
                "postgresql://u:s3cret@h:x/d",
                "postgresql://u:s3cret@h:0/d",
                "postgresql://u:s3cret@h:65536/d",
                "postgresql://u:s3cret@h:5432:1/d",
                "postgresql://u:s3cret@h/d?sslmode=s3cret",
                "postgresql://u:s3cret@h/d?sslmode",
                "postgresql://u:s3cret@h/d?s3cret=1",
                "postgresql://u:s3cret@h/d?connect_timeout=s3cret",
                "postgresql://u:s3cret@h/d?target_session_attrs=s3cret",
                "postgresql://u:s3cret%zz@h/d",
                "postgresql://u:s3cret #@h/d",
                "postgresql://u:s3cret@h/d\n",
                "postgresql://h1,h2/d?host=s3cret",
                "postgresql://u:s3cret@/d?host=/var/run/postgresql",
                "postgresql://u:s3cret@%2Fvar%2Frun/d",
                "postgresql://u:s3cret@h/d/e",
                "postgresql://:s3cret@h"
            })
    void aMalformedUrlIsRefusedWithoutQuotingIt(String given) {
        assertThatThrownBy(() -> DatabaseUrl.parse(given))
                .isInstanceOf(DatabaseUrl.Unreadable.class)
                .message()
                .isNotBlank()
                .doesNotContain("s3cret");
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(DatabaseUrl.parse("postgresql://u:s3cret@h/d").toString()).doesNotContain("s3cret");
    }
}
