package io.kriya.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MonitoringIT {

    @Test
    void theAlertsAndTheDashboardReadOnlyWhatKriyaExposes() {
        var metrics = Monitoring.metrics(Overlay.production());
        try (var kriya = KriyaProcess.start(TestPostgres.database())) {
            kriya.validate(KriyaProcess.tokenOf(kriya.register(Api.number())));
            assertThat(kriya.metrics()
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split("[{ ]", 2)[0])
                            .collect(Collectors.toSet()))
                    .containsAll(metrics);
        }
    }
}
