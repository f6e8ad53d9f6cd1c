package io.kriya;

import io.kriya.config.StartFailure;
import io.kriya.database.DatabaseConfig;
import io.kriya.http.connection.ConnectionInitializer;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Starts Kriya. The command {@code health} checks the instance on this host, as the images have no curl;
 * {@code migrate} runs the migrations and exits.
 */
@QuarkusMain
public class Main {

    private static final int TIMEOUT_MILLIS = 2000;

    /** Of the JDK's own, undocumented. */
    private static final String POLLER_MODE = "jdk.pollerMode";

    /** The exit code of a process that SIGTERM has ended. */
    private static final int TERMINATED = 143;

    public static void main(String... args) {
        switch (String.join(" ", args)) {
            case "" -> start(0);
            case "health" -> System.exit(isReady() ? 0 : 1);
            case "migrate" -> {
                System.setProperty(DatabaseConfig.MIGRATE_ONLY, "true");
                // An interrupted migration is not a success.
                start(TERMINATED);
            }
            default -> {
                System.err.println("Kriya takes one of the commands health and migrate, or none to start the service.");
                System.exit(2);
            }
        }
    }

    private static void start(int exitCodeOfTermination) {
        awaitSocketsOnSystemThreads();
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Termination.install(exitCodeOfTermination);
        }
        ConnectionInitializer.enable();
        Quarkus.run(null, StartFailure::exit);
    }

    /**
     * In a native binary a virtual thread may not be woken when its socket is readable, if virtual threads wait for that,
     * as they do by default.
     *
     * @see <a href="https://github.com/oracle/graal/issues/13787">oracle/graal 13787</a>
     */
    private static void awaitSocketsOnSystemThreads() {
        if (ImageMode.current() == ImageMode.NATIVE_RUN && System.getProperty(POLLER_MODE) == null) {
            System.setProperty(POLLER_MODE, "1");
        }
    }

    private static boolean isReady() {
        String port = System.getenv().getOrDefault("PORT", "8001");
        try {
            var request = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/q/health/ready")
                    .toURL()
                    .openConnection();
            request.setConnectTimeout(TIMEOUT_MILLIS);
            request.setReadTimeout(TIMEOUT_MILLIS);
            return request.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException _) {
            return false;
        }
    }
}
