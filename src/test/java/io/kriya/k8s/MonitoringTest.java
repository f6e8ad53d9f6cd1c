package io.kriya.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MonitoringTest {

    private static List<Rule> alerts() {
        return Overlay.production().one(PrometheusRule.class).getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }

    @Test
    void everyAlertIsExplainedInTheManualAndNoOtherIs() {
        var headings = Overlay.text(Path.of("docs/how-to/respond-to-an-alert.md"))
                .lines()
                .filter(line -> line.startsWith("### Kriya"))
                .map(line -> line.substring(4))
                .toList();
        assertThat(alerts()).extracting(Rule::getAlert).containsExactlyInAnyOrderElementsOf(headings);
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.getAnnotations())
                    .containsKeys("summary", "description")
                    .containsEntry(
                            "runbook",
                            "docs/how-to/respond-to-an-alert.md#"
                                    + alert.getAlert().toLowerCase(Locale.ROOT));
            assertThat(alert.getLabels()).containsEntry("severity", "critical");
            assertThat(alert.getFor()).matches("[0-9]+m");
        });
    }

    @Test
    void theAlertsSpeakOfTheNamespaceThatProductionIsIn() {
        assertThat(alerts())
                .extracting(alert -> alert.getExpr().getStrVal())
                .filteredOn(expression -> expression.contains("namespace="))
                .singleElement()
                .isEqualTo("absent(kriya_info{namespace=\"" + Overlay.production() + "\"})");
    }

    @Test
    void grafanaFindsTheDashboardByItsLabel() {
        var dashboard = Overlay.production().named(ConfigMap.class, "kriya-dashboard");
        assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
        assertThat(Monitoring.panels(dashboard)).isNotEmpty();
    }
}
