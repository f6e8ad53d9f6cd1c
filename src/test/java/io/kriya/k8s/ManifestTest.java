package io.kriya.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestTest {

    static Stream<Path> files() throws IOException {
        return Files.walk(Overlay.K8S).filter(file -> file.toString().endsWith(".yaml"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileHasOnlyFieldsOfItsKind(Path file) {
        assertThat(Manifest.read(Overlay.text(file))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base/deployment.yaml | readOnlyRootFilesystem: | readOnlyRootFileSystem:",
                "base/deployment.yaml | failureThreshold: | failureTreshold:",
                "base/deployment.yaml | containerPort: 8001 | containerPort: '8001'",
                "base/deployment.yaml | replicas: 2 | replicas: two",
                "base/deployment.yaml | name: kriya | name: 1",
                "base/deployment.yaml | enableServiceLinks: false | automountServiceAccountToken: false",
                "base/deployment.yaml | apiVersion: apps/v1 | apiVersion: apps/v1beta1",
                "base/service.yaml | appProtocol: | appProtokol:",
                "base/namespace.yaml | labels: | label:",
                "base/disruption-budget.yaml | matchLabels: | matchLabel:",
                "base/kustomization.yaml | includeSelectors: | includeSelector:",
                "base/kustomization.yaml | literals: | literal:",
                "components/autoscaling/kustomization.yaml | path: /spec | pfad: /spec",
                "components/autoscaling/autoscaler.yaml | averageValue: | avarageValue:",
                "components/gateway-route/kustomization.yaml | options: | option:",
                "components/gateway-route/http-route.yaml | backendRefs: | backendRef:",
                "components/ingress/ingress.yaml | pathType: | pathtype:",
                "components/monitoring/pod-monitor.yaml | interval: | intervall:",
                "components/monitoring/alerts.yaml | annotations: | annotation:",
                "components/network-policy/to-kriya.yaml | namespaceSelector: | namespaceSelectors:",
                "components/postgres-cnpg/cluster.yaml | number: 1 | count: 1",
                "components/postgres-cnpg/cluster.yaml | method: any | method: some",
                "components/postgres-cnpg/use-cluster.yaml | readOnly: | readonly:",
                "overlays/dev/postgres.yaml | clusterIP: | clusterIp:",
                "overlays/dev/postgres.yaml | accessModes: | accessMode:"
            })
    void aMisspeltFieldOrAnotherTypeIsRefused(String file, String right, String wrong) {
        String yaml = Overlay.text(Overlay.K8S.resolve(file));
        assertThat(yaml).contains(right);
        assertThatThrownBy(() -> Manifest.read(yaml.replaceFirst(right, wrong)))
                .hasMessageMatching(
                        "(?s).*(Unrecognized field|Cannot (coerce|deserialize)|Duplicate field|no type is known).*");
    }
}
