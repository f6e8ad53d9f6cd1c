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
    void aReplicaThatIsAYearAheadDeletesNothingThatIsGoodAndLocksNobodyOut() throws Exception {
        Optional<Path> library = library();
        assumeTrue(library.isPresent() || System.getenv("CI") != null, "Without libfaketime this is not tested");
        var database = TestPostgres.database();
        var environment = KriyaProcess.environment(database);
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

    private static Optional<Path> library() throws IOException {
        try (var all = Files.walk(LIBRARIES, 3)) {
            return all.filter(path -> path.endsWith("faketime/libfaketime.so.1"))
                    .findFirst();
        }
    }
}
