package io.kriya.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.kriya.config.KnownSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What one object says of another is so: selectors, ports, names, settings. */
class ReferencesTest {

    /** A pod's labels and the ports that it can be asked on. */
    private record Pod(Map<String, String> labels, Set<String> names, Set<Integer> numbers) {

        boolean listensOn(IntOrString port) {
            return port.getStrVal() != null ? names.contains(port.getStrVal()) : numbers.contains(port.getIntVal());
        }
    }

    private static List<Pod> pods(Overlay overlay) {
        var pods = new ArrayList<Pod>();
        for (PodTemplateSpec pod : overlay.pods()) {
            var ports = pod.getSpec().getContainers().stream()
                    .flatMap(container -> container.getPorts().stream())
                    .toList();
            pods.add(new Pod(
                    pod.getMetadata().getLabels(),
                    Set.copyOf(ports.stream().map(ContainerPort::getName).toList()),
                    Set.copyOf(
                            ports.stream().map(ContainerPort::getContainerPort).toList())));
        }
        // CloudNativePG's instances: PostgreSQL, and the status that the operator asks for.
        overlay.all(Cluster.class)
                .forEach(cluster -> pods.add(new Pod(
                        Map.of("cnpg.io/cluster", cluster.metadata().getName()), Set.of(), Set.of(5432, 8000))));
        return pods;
    }

    private static Pod selected(Overlay overlay, Map<String, String> labels) {
        assertThat(labels).isNotEmpty();
        var matching = pods(overlay).stream()
                .filter(pod -> pod.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
        assertThat(matching).as("pods with " + labels).hasSize(1);
        return matching.getFirst();
    }

    private static Pod selected(Overlay overlay, LabelSelector selector) {
        assertThat(selector.getMatchExpressions()).isEmpty();
        return selected(overlay, selector.getMatchLabels());
    }

    private static Pod kriya(Overlay overlay) {
        return selected(overlay, overlay.one(Deployment.class).getSpec().getSelector());
    }

    @OnBothOverlays
    void everySelectorSelectsThePodsThatItIsMeantFor(Overlay overlay) {
        var kriya = kriya(overlay);
        var spec = overlay.pod().getSpec();
        assertThat(selected(
                        overlay,
                        overlay.one(PodDisruptionBudget.class).getSpec().getSelector()))
                .isEqualTo(kriya);
        assertThat(selected(
                        overlay, overlay.named(Service.class, "kriya").getSpec().getSelector()))
                .isEqualTo(kriya);
        spec.getTopologySpreadConstraints()
                .forEach(constraint -> assertThat(selected(overlay, constraint.getLabelSelector()))
                        .isEqualTo(kriya));
        spec.getAffinity()
                .getPodAntiAffinity()
                .getPreferredDuringSchedulingIgnoredDuringExecution()
                .forEach(term -> assertThat(
                                selected(overlay, term.getPodAffinityTerm().getLabelSelector()))
                        .isEqualTo(kriya));
        for (StatefulSet set : overlay.all(StatefulSet.class)) {
            assertThat(selected(overlay, set.getSpec().getSelector()).labels())
                    .isEqualTo(set.getSpec().getTemplate().getMetadata().getLabels());
            assertThat(overlay.named(Service.class, set.getSpec().getServiceName()))
                    .isNotNull();
        }
        for (PodMonitor monitor : overlay.all(PodMonitor.class)) {
            assertThat(selected(overlay, monitor.getSpec().getSelector())).isEqualTo(kriya);
        }
    }

    @OnBothOverlays
    void everyPortThatIsNamedIsThere(Overlay overlay) {
        for (Service service : overlay.all(Service.class)) {
            var pod = selected(overlay, service.getSpec().getSelector());
            assertThat(service.getSpec().getPorts()).isNotEmpty().allSatisfy(port -> assertThat(
                            pod.listensOn(port.getTargetPort()))
                    .isTrue());
        }
        for (PodMonitor monitor : overlay.all(PodMonitor.class)) {
            assertThat(monitor.getSpec().getPodMetricsEndpoints())
                    .singleElement()
                    .satisfies(endpoint -> {
                        assertThat(endpoint.getPort()).isEqualTo("management");
                        assertThat(endpoint.getPath()).isEqualTo("/q/metrics");
                    });
        }
        assertThat(kriya(overlay).names()).containsExactlyInAnyOrder("http", "management");
    }

    @OnBothOverlays
    void everyNetworkPolicyIsAboutPodsAndPortsThatAreThere(Overlay overlay) {
        for (NetworkPolicy policy : overlay.all(NetworkPolicy.class)) {
            var spec = policy.getSpec();
            var pod = selected(overlay, spec.getPodSelector());
            assertThat(spec.getPolicyTypes()).hasSize(1);
            spec.getIngress()
                    .forEach(rule -> assertRule(
                            overlay,
                            rule.getFrom(),
                            rule.getPorts(),
                            Stream.of(pod).toList()));
            spec.getEgress()
                    .forEach(rule -> assertRule(
                            overlay,
                            rule.getTo(),
                            rule.getPorts(),
                            rule.getTo().stream()
                                    .filter(peer ->
                                            peer.getPodSelector() != null && peer.getNamespaceSelector() == null)
                                    .map(peer -> selected(overlay, peer.getPodSelector()))
                                    .toList()));
        }
    }

    private static void assertRule(
            Overlay overlay, List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports, List<Pod> asked) {
        assertThat(peers).as("no peers would be all peers").isNotEmpty();
        assertThat(ports).as("no ports would be all ports").isNotEmpty();
        for (NetworkPolicyPeer peer : peers) {
            if (peer.getIpBlock() != null) {
                // The internet, and nothing within.
                assertThat(peer.getIpBlock().getExcept())
                        .containsAnyOf("10.0.0.0/8", "fc00::/7")
                        .isNotEmpty();
                assertThat(ports).extracting(port -> port.getPort().getIntVal()).containsExactly(443);
            } else if (peer.getNamespaceSelector() == null) {
                selected(overlay, peer.getPodSelector());
            } else {
                assertThat(peer.getNamespaceSelector().getMatchLabels())
                        .containsOnlyKeys("kubernetes.io/metadata.name")
                        .doesNotContainValue("of-the-site");
            }
        }
        asked.forEach(pod -> assertThat(ports)
                .allSatisfy(port -> assertThat(pod.listensOn(port.getPort())).isTrue()));
    }

    @OnBothOverlays
    void everyMountHasItsVolumeAndEveryObjectItsNamespace(Overlay overlay) {
        for (PodTemplateSpec pod : overlay.pods()) {
            var volumes = pod.getSpec().getVolumes().stream()
                    .map(volume -> volume.getName())
                    .toList();
            var claims = overlay.all(StatefulSet.class).stream()
                    .flatMap(set -> set.getSpec().getVolumeClaimTemplates().stream())
                    .map(claim -> claim.getMetadata().getName())
                    .toList();
            assertThat(Stream.concat(
                            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream()))
                    .flatExtracting(container -> container.getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .allSatisfy(name -> assertThat(Stream.concat(volumes.stream(), claims.stream()))
                            .contains(name));
        }
        assertThat(overlay.metadata().stream()
                        .map(ObjectMeta::getNamespace)
                        .filter(Objects::nonNull)
                        .distinct())
                .containsExactly(overlay.toString());
    }

    @OnBothOverlays
    void everySettingIsOneThatKriyaKnowsAndNoneIsSecret(Overlay overlay) {
        assertThat(overlay.settings().getData())
                .allSatisfy((name, value) -> assertThat(KnownSettings.accepts(name, value))
                        .as(name + "=" + value)
                        .isTrue());
        assertThat(overlay.settings().getData())
                .doesNotContainKeys(
                        "DATABASE_URL",
                        "PLANE_API_KEY",
                        "PLANE_API_KEY_PREVIOUS",
                        "SECRET_KEY",
                        "SECRET_KEY_PREVIOUS",
                        "OAUTH_CLIENT_SECRET",
                        "OAUTH_CLIENT_SECRET_PREVIOUS",
                        "INTROSPECTION_CLIENT_SECRET",
                        "INTROSPECTION_CLIENT_SECRET_PREVIOUS",
                        "TWILIO_ACCOUNT_SID",
                        "TWILIO_AUTH_TOKEN",
                        "WHATSAPP_ACCESS_TOKEN",
                        "SMS_WEBHOOK_SECRET");
        assertThat(overlay.kriya().getEnv())
                .extracting(variable -> variable.getName())
                .contains(
                        "DATABASE_URL",
                        "PLANE_API_KEY",
                        "PLANE_API_KEY_PREVIOUS",
                        "SECRET_KEY",
                        "SECRET_KEY_PREVIOUS",
                        "OAUTH_CLIENT_SECRET",
                        "OAUTH_CLIENT_SECRET_PREVIOUS",
                        "INTROSPECTION_CLIENT_SECRET",
                        "INTROSPECTION_CLIENT_SECRET_PREVIOUS",
                        "TWILIO_ACCOUNT_SID",
                        "TWILIO_AUTH_TOKEN",
                        "WHATSAPP_ACCESS_TOKEN",
                        "SMS_WEBHOOK_SECRET");
    }

    /** Whether a Service has a port of that name or, where none is given, of that number. */
    static boolean offers(Overlay overlay, String service, String name, Integer number) {
        return overlay.named(Service.class, service).getSpec().getPorts().stream()
                .anyMatch(port -> name != null
                        ? port.getName().equals(name)
                        : port.getPort().equals(number));
    }
}
