package io.kriya;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * A termination that was asked for (SIGTERM) is a success and ends with 0, where the JVM by itself would end with 143: when what
 * is in flight is done, or at once where nothing is served yet, as the database undoes what it was asked.
 */
@Singleton
class Termination {

    private static volatile boolean failed;
    private static volatile boolean done;
    private static volatile int exitCode;
    private static volatile Application serving;

    /** From the very beginning, so that a start can be ended that waits for its database; with this exit code. */
    static void expect(int code) {
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
