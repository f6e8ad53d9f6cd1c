package io.kriya.startup;

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
    private static volatile Application serving;

    /** From the very beginning, so that a start can be ended that waits for its database. */
    static void expect() {
        var exit = ApplicationLifecycleManager.getDefaultExitCodeHandler();
        ApplicationLifecycleManager.setDefaultExitCodeHandler((code, cause) -> {
            failed = code != 0;
            exit.accept(code, cause);
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
        Runtime.getRuntime().halt(0);
    }

    void serve(@Observes StartupEvent started) {
        serving = Application.currentApplication();
    }
}
