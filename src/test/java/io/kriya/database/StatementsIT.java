package io.kriya.database;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.kriya.TestPostgres.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements that the server logs. */
class StatementsIT {

    @TempDir
    Path folder;

    @Test
    void aLookUpIsOneStatementAndSoIsARegistration() throws Exception {
        var builder = TestPostgres.builder(Version.CURRENT)
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", folder.toString())
                .setServerConfig("log_filename", "server.log")
                .setServerConfig("log_statement", "all")
                .setServerConfig("log_line_prefix", "%d:");
        try (var server = builder.start()) {
            var database = TestPostgres.databaseOn(server);
            var environment = KriyaProcess.environment(database);
            environment.put("TOKEN_CACHE_SIZE", "0");
            try (var kriya = KriyaProcess.start(environment)) {
                String token = KriyaProcess.tokenOf(kriya.register(Api.number()));
                kriya.validate(token);

                long seen = statements(database.name()).size();
                kriya.validate(token);
                assertThat(since(database.name(), seen))
                        .singleElement()
                        .asString()
                        .contains("tokens", "join users");

                seen = statements(database.name()).size();
                kriya.validate("kriya_not-a-token");
                kriya.get("/api/auth/user?token=x");
                assertThat(statements(database.name())).hasSize((int) seen);

                kriya.register(Api.number());
                long before = seen;
                // The server writes its log a moment later.
                await().untilAsserted(() -> assertThat(since(database.name(), before))
                        .singleElement()
                        .asString()
                        .contains("with request as"));
            }
        }
    }

    private List<String> since(String database, long seen) {
        await().until(() -> statements(database).size() > seen);
        return statements(database).stream().skip(seen).toList();
    }

    /** Those of Kriya on this database; the pool's validation is an empty one, and uses are recorded at any time. */
    private List<String> statements(String database) {
        try {
            return Files.readAllLines(folder.resolve("server.log")).stream()
                    .filter(line -> line.startsWith(database + ":LOG:") && line.contains("execute "))
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> !line.strip().endsWith(":") && !line.contains("set last_used_at"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
