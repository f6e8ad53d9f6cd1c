package io.kriya.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import io.kriya.sms.FakeGateway;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MonitoringIT {

    @Test
    void theAlertsAndTheDashboardReadOnlyWhatKriyaExposes() {
        var metrics = Monitoring.metrics(Overlay.production());
        var environment = KriyaProcess.environment(TestPostgres.database());
        try (var gateway = FakeGateway.start()) {
            environment.putAll(gateway.webhook());
            environment.put("PHONE_VERIFICATION", "sms");
            environment.put("SMS_COUNTRIES", "US");
            environment.put("SECRET_KEY", "a-secret-key-of-the-tests-of-32-characters");
            assertThatAllAreExposed(metrics, environment);
        }
    }

    private static void assertThatAllAreExposed(Set<String> metrics, Map<String, String> environment) {
        try (var kriya = KriyaProcess.start(environment)) {
            kriya.register("+12025550147");
            kriya.validate("kriya_none");
            assertThat(kriya.metrics()
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split("[{ ]", 2)[0])
                            .collect(Collectors.toSet()))
                    .containsAll(metrics);
        }
    }
}
