package io.kriya.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthCommandIT {

    @Test
    void itsExitCodeTellsWhetherTheServiceIsReady() throws Exception {
        try (var kriya = KriyaProcess.start(TestPostgres.database())) {
            assertThat(health(kriya, kriya.port())).isEqualTo(0);
            assertThat(health(kriya, 1)).isEqualTo(1);
        }
    }

    /** Runs the same program again, with one word more. */
    private static int health(KriyaProcess kriya, int port) throws Exception {
        var program = kriya.process().info();
        var command = new ArrayList<>(List.of(program.command().orElseThrow()));
        command.addAll(List.of(program.arguments().orElseThrow()));
        command.add("health");
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(Map.of("PORT", Integer.toString(port)));
        return builder.start().waitFor();
    }
}
