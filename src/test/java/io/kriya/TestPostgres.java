package io.kriya;

import io.kriya.dev.PostgresBinaries;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarFile;

/** Real PostgreSQL servers for the tests: one of each version a test run, and a new database for whoever asks. */
public final class TestPostgres {

    /** A server's version. */
    public enum Version {
        /** The oldest that Kriya supports. */
        OLDEST,
        /** The one of dev mode. */
        CURRENT
    }

    private static final Map<Version, EmbeddedPostgres> SERVERS = new HashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static Path cluster;

    private TestPostgres() {}

    /** A new, empty database on a shared server. */
    public static Database database() {
        return database(Version.CURRENT);
    }

    public static Database database(Version version) {
        return databaseOn(shared(version));
    }

    public static Database databaseOn(EmbeddedPostgres server) {
        String name = "kriya_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        Database admin = new Database(server.getPort(), "postgres");
        admin.execute("create database " + name);
        return new Database(server.getPort(), name);
    }

    private static synchronized EmbeddedPostgres shared(Version version) {
        return SERVERS.computeIfAbsent(version, TestPostgres::start);
    }

    /** A server of one's own, to stop or to freeze. */
    public static EmbeddedPostgres start(Version version) {
        try {
            return builder(version).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server of one's own on the data in a folder, which are those of a new cluster where it is not there. */
    public static EmbeddedPostgres startIn(Path data, int port) throws IOException {
        if (Files.notExists(data)) {
            copy(cluster(), data);
        }
        return builder(Version.CURRENT)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    public static EmbeddedPostgres startIn(Path data) throws IOException {
        return startIn(data, Ports.free());
    }

    /** Made once: that takes longer than to copy it. */
    private static synchronized Path cluster() throws IOException {
        if (cluster == null) {
            Path folder = Files.createTempDirectory("kriya-cluster");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            Path data = folder.resolve("data");
            builder(Version.CURRENT)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .start()
                    .close();
            cluster = data;
        }
        return cluster;
    }

    /** A server's data, while it does not run. */
    public static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static EmbeddedPostgres.Builder builder(Version version) {
        var builder = EmbeddedPostgres.builder()
                .setPort(Ports.free())
                .setPGStartupWait(Patience.LIMIT)
                .setOverrideWorkingDirectory(PostgresBinaries.folder().toFile());
        return version == Version.CURRENT ? builder : builder.setPgBinaryResolver((_, _) -> oldestBinaries());
    }

    private static InputStream oldestBinaries() {
        try {
            // Closed with the process; the stream is read once.
            var jar = new JarFile(Path.of("target/postgres/postgres-oldest.jar").toFile());
            var archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            return jar.getInputStream(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A database on this machine. */
    public record Database(int port, String name) {

        /** As {@code DATABASE_URL} takes it. */
        public String url() {
            return "postgresql://postgres@localhost:" + port + "/" + name;
        }

        public Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/" + name, "postgres", "");
        }

        public void execute(String sql) {
            try (var connection = connect();
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        /** The first column of the first row, as text. */
        public String query(String sql) {
            try (var connection = connect();
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(sql)) {
                return rows.next() ? rows.getString(1) : null;
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        public long count(String sql) {
            return Long.parseLong(query(sql));
        }
    }
}
