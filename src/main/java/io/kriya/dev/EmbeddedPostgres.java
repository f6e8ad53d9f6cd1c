package io.kriya.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The PostgreSQL of dev mode, with its data in {@code .dev}; it stops with dev mode. */
final class EmbeddedPostgres {

    /** A system property, which survives a live reload: that reloads every class in the same process. */
    private static final String URL = "kriya.dev.database-url";

    private static final String LOCKED = "kriya.dev.locked";

    private static final Path FOLDER = Path.of(".dev").toAbsolutePath();

    private EmbeddedPostgres() {}

    static synchronized String url() {
        String running = System.getProperty(URL);
        if (running == null) {
            running = start();
            System.setProperty(URL, running);
        }
        return running;
    }

    /** The data folder, for messages. */
    static String place() {
        return System.getProperty(URL) == null
                ? "in the database that DATABASE_URL names"
                : "in " + FOLDER + ", until you delete it";
    }

    /** Locks the data folder until the process ends. */
    static synchronized void lock() {
        if (System.getProperty(LOCKED) != null) {
            return;
        }
        try {
            Files.createDirectories(FOLDER);
            var channel = FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                DevMode.end("Dev mode is running in this folder already: stop it first, or set DATABASE_URL and PORT"
                        + " for a second one.");
            }
            System.setProperty(LOCKED, "true");
            // The hook keeps the channel reachable: the lock would end when the channel is garbage-collected.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> release(channel)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String start() {
        Path data = FOLDER.resolve("postgres");
        try {
            stopOrphan(data);
            endWithMaven();
            var server = io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(PostgresBinaries.folder().toFile())
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            return server.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends this process with Maven, which may be killed before it can stop this process. */
    private static void endWithMaven() {
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(1)));
    }

    /** Stops the server of an earlier dev mode that was killed before it could stop it. */
    private static void stopOrphan(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (Files.notExists(file)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        String program = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .orElse("");
        if (program.endsWith("/postgres")) {
            Path control = Path.of(program).resolveSibling("pg_ctl");
            new ProcessBuilder(control.toString(), "stop", "-D", data.toString(), "-m", "fast")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        }
        Files.deleteIfExists(file);
    }
}
