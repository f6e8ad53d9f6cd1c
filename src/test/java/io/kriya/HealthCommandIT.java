package io.kriya;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthCommandIT {

    @Test
    void itsExitCodeTellsWhetherTheServiceIsReady() {
        try (var kriya = KriyaProcess.start(TestPostgres.database())) {
            assertThat(health(kriya.port())).isEqualTo(0);
            assertThat(health(1)).isEqualTo(1);
        }
    }

    /** Runs the same program again, with one word more. */
    private static int health(int port) {
        try (var command = KriyaProcess.command(Map.of("PORT", Integer.toString(port)), "health")) {
            return command.awaitExit();
        }
    }
}
