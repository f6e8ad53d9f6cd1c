package io.kriya;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Exits with 0 after SIGTERM, where the JVM would exit with 143: after the graceful shutdown, or at once during the start,
 * as the database rolls back.
 */
@Singleton
class Termination {

    private static volatile boolean failed;
    private static volatile boolean done;
    private static volatile int exitCode;
    private static volatile Application serving;

    /** Registers the hook, before the start, which may wait for its database; during it SIGTERM ends it with this exit code. */
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
