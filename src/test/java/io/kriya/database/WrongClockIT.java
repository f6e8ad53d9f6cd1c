package io.kriya.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A replica whose clock is ahead, by libfaketime. */
class WrongClockIT {

    private static final Path LIBRARIES = Path.of("/usr/lib");

    @Test
    void aReplicaWhoseClockIsAYearAheadDeletesNoValidTokenAndLimitsNobody() throws Exception {
        Optional<Path> library = library();
        assumeTrue(library.isPresent() || System.getenv("CI") != null, "Without libfaketime this is not tested");
        var database = TestPostgres.database();
        var environment = KriyaProcess.environment(database);
        environment.put("DATABASE_TIMEOUT_MILLIS", "20000");
        try (var right = KriyaProcess.start(environment)) {
            String number = Api.number();
            String token = KriyaProcess.tokenOf(right.register(number));
            environment.put("LD_PRELOAD", library.orElseThrow().toString());
            environment.put("FAKETIME", "+366d");
            environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
            environment.put("KRIYA_TOKEN_CLEANUP_JITTER_SECONDS", "1");
            try (var ahead = KriyaProcess.start(environment)) {
                ahead.awaitLog("The clock of this machine is ahead of the database's by 316");
                ahead.awaitLog("Cleaned up 0 expired tokens");
                assertThat(ahead.post("/api/auth/cleanup-tokens", "").body()).contains("Cleaned up 0");
                assertThat(ahead.letsIn(token)).isTrue();
                String another = KriyaProcess.tokenOf(ahead.register(number));
                assertThat(right.letsIn(token)).isTrue();
                assertThat(right.letsIn(another)).isTrue();
            }
            assertThat(database.count("select count(*) from tokens where expires_at > now() + interval '180 days'"))
                    .isZero();
        }
    }

    /** Without health probes, which compare the clocks too. The database's clock is set back instead. */
    @Test
    void aReplicaWhoseClockIsSetAheadAfterItsStartDeletesNoValidToken() {
        var database = TestPostgres.database();
        database.execute("alter database " + database.name() + " set search_path = public, pg_catalog");
        database.execute("""
                create table clock (ahead interval);
                insert into clock values (interval '0');
                create function clock_timestamp() returns timestamptz language sql
                    as 'select pg_catalog.clock_timestamp() + ahead from public.clock'""");
        var environment = KriyaProcess.environment(database);
        environment.put("DATABASE_TIMEOUT_MILLIS", "20000");
        try (var kriya = KriyaProcess.start(environment)) {
            String token = KriyaProcess.tokenOf(kriya.register(Api.number()));
            database.execute("""
                    update clock set ahead = interval '-366 days';
                    update tokens set expires_at = now() - interval '300 days'""");
            assertThat(kriya.post("/api/auth/cleanup-tokens", "").body()).contains("Cleaned up 0");
            assertThat(kriya.letsIn(token)).isTrue();
            assertThat(kriya.log()).contains("The clock of this machine is ahead of the database's by 316");
        }
    }

    private static Optional<Path> library() throws IOException {
        try (var all = Files.walk(LIBRARIES, 3)) {
            return all.filter(path -> path.endsWith("faketime/libfaketime.so.1"))
                    .findFirst();
        }
    }
}
