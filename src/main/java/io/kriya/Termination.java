package io.kriya;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Sets the exit code after SIGTERM, which the JVM would make 143. The process exits after the graceful shutdown, or at
 * once during the start, as the database rolls back open transactions.
 */
@Singleton
class Termination {

    private static volatile boolean failed;
    private static volatile boolean done;
    private static volatile int exitCode;
    private static volatile Application serving;

    /** Registers the shutdown hook; SIGTERM during the start, which may wait for the database, exits with this code. */
    static void install(int code) {
        exitCode = code;
        var exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        ApplicationLifecycleManager.setDefaultExitCodeHandler((own, cause) -> {
            failed = own != 0;
            done = own == 0;
            exit.accept(own, cause);
        });
        Runtime.getRuntime().addShutdownHook(new Thread(Termination::end));
    }

    private static void end() {
        if (failed) {
            return;
        }
        if (serving != null) {
            serving.awaitShutdown();
        }
        Runtime.getRuntime().halt(done ? 0 : exitCode);
    }

    void serve(@Observes StartupEvent started) {
        serving = Application.currentApplication();
    }
}
