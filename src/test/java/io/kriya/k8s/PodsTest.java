package io.kriya.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The pods: what they may do, and how they start, end, move and are spread. */
class PodsTest {

    /** Of a processor, by a JVM without an archive of its classes: measured on one of 2026. */
    private static final double SECONDS_TO_START = 7.2;

    private static List<Container> containers(PodTemplateSpec pod) {
        var containers = new ArrayList<>(pod.getSpec().getInitContainers());
        containers.addAll(pod.getSpec().getContainers());
        return containers;
    }

    @Test
    void theImageOfTheJarGetsTheMemoryThatItWantsAndNoOptionsOfTheBinary() throws IOException {
        Path folder = Files.createDirectories(Path.of("target/overlay-of-the-jar"));
        Files.writeString(folder.resolve("kustomization.yaml"), """
                resources: [../../k8s/overlays/dev]
                components: [../../k8s/components/jvm]
                """);
        var pod = Overlay.render(folder)
                .named(Deployment.class, "kriya")
                .getSpec()
                .getTemplate();
        assertThat(containers(pod)).hasSize(2).allSatisfy(container -> assertThat(
                        container.getResources().getLimits().get("memory"))
                .isEqualTo(Quantity.parse("512Mi")));
        assertThat(containers(pod)).extracting(Container::getArgs).containsExactly(List.of("migrate"), List.of());
    }

    @OnBothOverlays
    void theNamespaceAsksForTheRestrictedProfile(Overlay overlay) {
        assertThat(overlay.one(Namespace.class).getMetadata().getLabels())
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
                .containsEntry("pod-security.kubernetes.io/warn", "restricted")
                .containsEntry("pod-security.kubernetes.io/audit", "restricted");
    }

    @OnBothOverlays
    void everyPodKeepsToTheRestrictedProfile(Overlay overlay) {
        for (PodTemplateSpec pod : overlay.pods()) {
            var spec = pod.getSpec();
            assertThat(spec.getHostNetwork()).isNotEqualTo(true);
            assertThat(spec.getHostPID()).isNotEqualTo(true);
            assertThat(spec.getHostIPC()).isNotEqualTo(true);
            assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(spec.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(spec.getSecurityContext().getSysctls()).isEmpty();
            assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            for (Volume volume : spec.getVolumes()) {
                assertThat(volume.getEmptyDir() != null || volume.getSecret() != null)
                        .as(volume.getName())
                        .isTrue();
            }
            for (Container container : containers(pod)) {
                var context = container.getSecurityContext();
                assertThat(context.getPrivileged()).isNotEqualTo(true);
                assertThat(context.getAllowPrivilegeEscalation()).isFalse();
                assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
                assertThat(context.getCapabilities().getAdd()).isEmpty();
                assertThat(context.getRunAsNonRoot()).isNotEqualTo(false);
                assertThat(context.getRunAsUser()).isNull();
                assertThat(context.getSeccompProfile()).isNull();
                assertThat(container.getPorts())
                        .extracting(ContainerPort::getHostPort)
                        .allMatch(Objects::isNull);
            }
        }
    }

    @OnBothOverlays
    void kriyaRunsAsItsOwnUserAndAccountWithoutAToken(Overlay overlay) {
        var spec = overlay.pod().getSpec();
        assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(10001);
        assertThat(spec.getSecurityContext().getRunAsGroup()).isEqualTo(10001);
        assertThat(spec.getEnableServiceLinks()).isFalse();
        assertThat(spec.getAutomountServiceAccountToken()).isFalse();
        var account = overlay.one(ServiceAccount.class);
        assertThat(spec.getServiceAccountName()).isEqualTo(account.getMetadata().getName());
        assertThat(account.getAutomountServiceAccountToken()).isFalse();
    }

    @OnBothOverlays
    void nothingIsWritableButBoundedVolumes(Overlay overlay) {
        for (PodTemplateSpec pod : overlay.pods()) {
            for (Container container : containers(pod)) {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
            }
            for (Volume volume : pod.getSpec().getVolumes()) {
                assertThat(volume.getEmptyDir() == null || volume.getEmptyDir().getSizeLimit() != null)
                        .as(volume.getName())
                        .isTrue();
            }
        }
        var writable = overlay.kriya().getVolumeMounts().stream()
                .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .toList();
        assertThat(writable).extracting(VolumeMount::getMountPath).containsExactly("/tmp");
        var tmp = overlay.pod().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(writable.getFirst().getName()))
                .findFirst()
                .orElseThrow();
        assertThat(bytes(tmp.getEmptyDir().getSizeLimit()))
                .isLessThan(bytes(overlay.kriya().getResources().getLimits().get("ephemeral-storage")));
    }

    @OnBothOverlays
    void theProbesAskThePortThatServes(Overlay overlay) {
        var kriya = overlay.kriya();
        assertProbe(kriya.getStartupProbe(), "/q/health/started");
        assertProbe(kriya.getLivenessProbe(), "/q/health/live");
        assertProbe(kriya.getReadinessProbe(), "/q/health/ready");
        assertThat(kriya.getStartupProbe().getPeriodSeconds()).isEqualTo(1);
        // Four times what a JVM takes with no more of a processor than it asks for.
        double seconds = SECONDS_TO_START
                / kriya.getResources()
                        .getRequests()
                        .get("cpu")
                        .getNumericalAmount()
                        .doubleValue();
        assertThat(kriya.getStartupProbe().getFailureThreshold()).isGreaterThan((int) (4 * seconds));
        // The database is asked for at most a second.
        assertThat(kriya.getReadinessProbe().getTimeoutSeconds()).isGreaterThan(1);
    }

    /** What it takes is that of a whole migration, and no probe may end it. */
    @OnBothOverlays
    void theTablesAreUpToDateBeforeAReplicaStarts(Overlay overlay) {
        assertThat(overlay.pod().getSpec().getInitContainers()).hasSize(1);
        var migrate = overlay.migrate();
        var kriya = overlay.kriya();
        assertThat(migrate.getArgs()).containsExactly("migrate");
        assertThat(migrate.getCommand()).isEmpty();
        assertThat(migrate.getRestartPolicy()).isNull();
        assertThat(migrate.getStartupProbe()).isNull();
        assertThat(migrate.getLivenessProbe()).isNull();
        assertThat(migrate.getImage()).isEqualTo(kriya.getImage());
        assertThat(migrate.getImagePullPolicy()).isEqualTo(kriya.getImagePullPolicy());
        assertThat(migrate.getSecurityContext()).isEqualTo(kriya.getSecurityContext());
        assertThat(migrate.getResources()).isEqualTo(kriya.getResources());
        assertThat(migrate.getVolumeMounts()).isEqualTo(kriya.getVolumeMounts());
        assertThat(migrate.getEnvFrom()).isEqualTo(kriya.getEnvFrom());
        assertThat(migrate.getEnv())
                .isEqualTo(kriya.getEnv().stream()
                        .filter(variable -> variable.getName().startsWith("DATABASE_"))
                        .toList());
    }

    private static void assertProbe(Probe probe, String path) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
    }

    @OnBothOverlays
    void thePortsAreThoseThatKriyaListensOn(Overlay overlay) throws Exception {
        var properties = new Properties();
        properties.load(new StringReader(Overlay.text(Path.of("src/main/resources/application.properties"))));
        assertThat(overlay.kriya().getPorts())
                .extracting(
                        ContainerPort::getName, port -> port.getContainerPort().toString())
                .containsExactly(
                        tuple("http", properties.getProperty("quarkus.http.port")),
                        tuple("management", properties.getProperty("quarkus.management.port", "9000")));
        assertThat(overlay.settings().getData()).doesNotContainKeys("HOST", "PORT", "MANAGEMENT_PORT");
    }

    @OnBothOverlays
    void everyContainerSaysWhatItNeedsAndIsNotThrottled(Overlay overlay) {
        for (PodTemplateSpec pod : overlay.pods()) {
            for (Container container : containers(pod)) {
                var resources = container.getResources();
                assertThat(resources.getRequests()).containsOnlyKeys("cpu", "memory", "ephemeral-storage");
                assertThat(resources.getLimits()).containsOnlyKeys("memory", "ephemeral-storage");
            }
        }
    }

    @OnBothOverlays
    void theHeapLeavesRoomInTheMemoryOfTheContainer(Overlay overlay) {
        String heap = overlay.kriya().getArgs().stream()
                .filter(argument -> argument.startsWith("-Xmx"))
                .findFirst()
                .orElseThrow();
        assertThat(heap).matches("-Xmx[0-9]+m");
        long heapBytes = Long.parseLong(heap.replaceAll("[^0-9]", "")) << 20;
        assertThat(2 * heapBytes)
                .isLessThan(bytes(overlay.kriya().getResources().getLimits().get("memory")));
    }

    private static long bytes(Quantity quantity) {
        return quantity.getNumericalAmount().longValueExact();
    }

    @OnBothOverlays
    void aRolloutOrADrainNeverTakesTheLastReplica(Overlay overlay) {
        var strategy = overlay.one(Deployment.class).getSpec().getStrategy();
        assertThat(strategy.getType()).isIn(null, "RollingUpdate");
        assertThat(strategy.getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
        assertThat(strategy.getRollingUpdate().getMaxSurge().getIntVal()).isEqualTo(1);
        var budget = overlay.one(PodDisruptionBudget.class).getSpec();
        assertThat(budget.getMaxUnavailable().getIntVal()).isEqualTo(1);
        assertThat(budget.getMinAvailable()).isNull();
        assertThat(budget.getUnhealthyPodEvictionPolicy()).isEqualTo("AlwaysAllow");
    }

    @OnBothOverlays
    void replicasAreSpreadOverMachinesAndZones(Overlay overlay) {
        var spec = overlay.pod().getSpec();
        assertThat(spec.getTopologySpreadConstraints())
                .extracting(constraint -> constraint.getTopologyKey())
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
        assertThat(spec.getTopologySpreadConstraints())
                .allSatisfy(
                        constraint -> assertThat(constraint.getMatchLabelKeys()).containsExactly("pod-template-hash"));
        assertThat(spec.getAffinity().getPodAntiAffinity().getPreferredDuringSchedulingIgnoredDuringExecution())
                .singleElement()
                .satisfies(term ->
                        assertThat(term.getPodAffinityTerm().getTopologyKey()).isEqualTo("kubernetes.io/hostname"));
    }

    @OnBothOverlays
    void aReplicaHasTheTimeToEndAndToSayWhyItDoesNotStart(Overlay overlay) {
        Map<String, String> settings = overlay.settings().getData();
        assertThat(overlay.kriya().getLifecycle()).as("Kriya delays by itself").isNull();
        assertThat(overlay.pod().getSpec().getTerminationGracePeriodSeconds())
                .isGreaterThan(Long.parseLong(settings.get("SHUTDOWN_DELAY_SECONDS"))
                        + Long.parseLong(settings.get("SHUTDOWN_TIMEOUT_SECONDS")));
        assertThat(Integer.parseInt(settings.get("DATABASE_WAIT_SECONDS")))
                .isLessThan(overlay.kriya().getStartupProbe().getFailureThreshold());
    }
}
