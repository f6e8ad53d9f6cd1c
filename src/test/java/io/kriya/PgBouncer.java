package io.kriya;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** A PgBouncer in transaction mode: each transaction may meet another connection of the server, or another server. */
public final class PgBouncer implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    private final Path folder;
    private final int connections;
    private final int port = Ports.free();
    private Process process;

    private PgBouncer(Path folder, int connections) {
        this.folder = folder;
        this.connections = connections;
    }

    /**
     * Starts one; where it is not installed, the test is left out.
     *
     * @param folder its own
     * @param server the port of the server behind it
     * @param connections how many of the server it takes
     */
    public static PgBouncer start(Path folder, int server, int connections) throws IOException {
        if (Files.notExists(PROGRAM)) {
            assertThat(System.getenv("CI"))
                    .as("in CI, PgBouncer has to be there")
                    .isNull();
            abort("PgBouncer is not installed");
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var one = new PgBouncer(folder, connections);
        one.configure(server);
        one.start();
        return one;
    }

    private void configure(int server) throws IOException {
        Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = %d
                ignore_startup_parameters = extra_float_digits
                """.formatted(server, port, connections));
    }

    /** Once more, after {@link #close}. */
    public void start() throws IOException {
        var command = new ArrayList<>(
                List.of(PROGRAM.toString(), folder.resolve("pgbouncer.ini").toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(1, List.of("-u", "nobody"));
        }
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            await("PgBouncer").until(() -> {
                try (var _ = new Socket("127.0.0.1", port)) {
                    return true;
                } catch (IOException notYet) {
                    assertThat(process.isAlive()).as(this::log).isTrue();
                    return false;
                }
            });
        } catch (ConditionTimeoutException late) {
            close();
            throw new IllegalStateException("PgBouncer does not answer:\n" + log(), late);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leads what comes from now on to another server, over the connections that its clients have. */
    public void lead(int server) throws IOException, InterruptedException {
        configure(server);
        Signals.send("-HUP", List.of(process.pid()));
    }

    /** For {@code DATABASE_URL}. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres&prepareThreshold=0";
    }

    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
