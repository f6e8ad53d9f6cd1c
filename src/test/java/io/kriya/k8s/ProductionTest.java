package io.kriya.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.kriya.database.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the production overlay makes of the base and its components. */
class ProductionTest {

    private static Overlay production;
    private static Map<String, String> site;

    @BeforeAll
    static void render() {
        production = Overlay.production();
        site = ((ConfigMap) Manifest.read(Overlay.text(Overlay.K8S.resolve("overlays/production/site.yaml")))
                        .getFirst())
                .getData();
    }

    @Test
    void theImageIsNamedByItsDigestAndInDevelopmentByATag() {
        assertThat(production.kriya().getImage()).matches("[a-z0-9./-]+/kriya@sha256:[0-9a-f]{64}");
        assertThat(Overlay.dev().kriya().getImage()).isEqualTo("kriya:dev");
    }

    @Test
    void noSecretIsInTheRepository() {
        assertThat(production.all(Secret.class)).isEmpty();
        assertThat(production.all(ConfigMap.class))
                .extracting(map -> map.getMetadata().getName())
                .doesNotContain("site");
        assertThat(production.kriya().getEnv())
                .filteredOn(variable -> variable.getValueFrom() == null)
                .extracting(EnvVar::getValue)
                .singleElement()
                .asString()
                .startsWith("$(DATABASE_URI)?");
        assertThat(production.kriya().getEnv())
                .filteredOn(variable -> variable.getValueFrom() != null)
                .allSatisfy(variable ->
                        assertThat(variable.getValueFrom().getSecretKeyRef()).isNotNull());
    }

    @Test
    void theDatabaseIsVerifiedByTheAuthorityOfItsCluster() {
        String name = production.one(Cluster.class).metadata().getName();
        var uri = production.kriya().getEnv().getFirst();
        assertThat(uri.getValueFrom().getSecretKeyRef().getName()).isEqualTo(name + "-app");
        assertThat(uri.getValueFrom().getSecretKeyRef().getKey()).isEqualTo("uri");
        var url = DatabaseUrl.parse(
                production.environment(OverlaysIT.TEST_SECRETS).get("DATABASE_URL"));
        assertThat(url.jdbcUrl())
                .startsWith("jdbc:postgresql://kriya-db-rw.kriya:5432/kriya?")
                .contains("sslmode=verify-ca");

        var mount = production.kriya().getVolumeMounts().stream()
                .filter(volume -> !volume.getMountPath().equals("/tmp"))
                .findFirst()
                .orElseThrow();
        assertThat(mount.getReadOnly()).isTrue();
        var secret = production.pod().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow()
                .getSecret();
        assertThat(secret.getSecretName()).isEqualTo(name + "-ca");
        assertThat(secret.getItems()).singleElement().satisfies(item -> {
            assertThat(item.getKey()).isEqualTo("ca.crt");
            assertThat(production.environment(OverlaysIT.TEST_SECRETS).get("DATABASE_URL"))
                    .contains("sslrootcert=" + mount.getMountPath() + "/" + item.getPath());
        });
    }

    @Test
    void theDatabaseOutlivesAMachine() {
        var spec = production.one(Cluster.class).spec();
        assertThat(spec.instances()).isEqualTo(3);
        assertThat(spec.postgresql().synchronous().number()).isEqualTo(1);
        assertThat(spec.affinity().podAntiAffinityType()).isEqualTo(Cluster.Strictness.required);
    }

    @Test
    void theAutoscalerAloneSaysHowManyReplicasThereAre() {
        var deployment = production.one(Deployment.class);
        var autoscaler = production.one(HorizontalPodAutoscaler.class).getSpec();
        assertThat(deployment.getSpec().getReplicas()).isNull();
        assertThat(autoscaler.getMinReplicas()).isGreaterThanOrEqualTo(2);
        assertThat(autoscaler.getMaxReplicas()).isGreaterThan(autoscaler.getMinReplicas());
        assertThat(autoscaler.getScaleTargetRef().getKind()).isEqualTo(deployment.getKind());
        assertThat(autoscaler.getScaleTargetRef().getName())
                .isEqualTo(deployment.getMetadata().getName());
        assertThat(((Deployment) Manifest.read(Overlay.text(Overlay.K8S.resolve("base/deployment.yaml")))
                                .getFirst())
                        .getSpec()
                        .getReplicas())
                .as("without the autoscaler")
                .isEqualTo(2);
    }

    @Test
    void theDatabaseHasConnectionsForEveryReplicaThereCanBe() {
        int replicas = production.one(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas();
        int surge = production
                .one(Deployment.class)
                .getSpec()
                .getStrategy()
                .getRollingUpdate()
                .getMaxSurge()
                .getIntVal();
        int pool = Integer.parseInt(production.settings().getData().get("DATABASE_POOL_SIZE"));
        int connections = Integer.parseInt(
                production.one(Cluster.class).spec().postgresql().parameters().get("max_connections"));
        // Of each pod: the pool, and a connection of its own for migrations. Of the server: what superusers and the
        // operator keep.
        assertThat((replicas + surge) * (pool + 1)).isLessThanOrEqualTo(connections - 10);
    }

    @Test
    void theGatewayRoutesTheApiTheLoginPageAndNothingElse() {
        var route = production.one(HTTPRoute.class).getSpec();
        assertThat(route.getHostnames()).containsExactly(site.get("host"));
        assertThat(route.getParentRefs()).singleElement().satisfies(gateway -> {
            assertThat(gateway.getName()).isEqualTo(site.get("gateway"));
            assertThat(gateway.getNamespace()).isEqualTo(site.get("gateway-namespace"));
        });
        assertThat(route.getRules())
                .singleElement()
                .extracting(HTTPRouteRule::getMatches)
                .satisfies(matches -> assertThatTheRightPathsAreRouted(matches.stream()
                        .map(match ->
                                way(match.getPath().getType(), match.getPath().getValue()))
                        .toList()));
        assertThat(route.getRules().getFirst().getBackendRefs()).singleElement().satisfies(backend -> assertThat(
                        ReferencesTest.offers(production, backend.getName(), null, backend.getPort()))
                .isTrue());
    }

    @Test
    void oneLineChoosesAnIngressInstead(@TempDir Path folder) throws IOException {
        copy(Overlay.K8S, folder);
        Path file = folder.resolve("overlays/production/kustomization.yaml");
        String way = "../../components/gateway-route\n";
        assertThat(Overlay.text(file)).containsOnlyOnce(way);
        Files.writeString(file, Overlay.text(file).replace(way, "../../components/ingress\n"));
        Overlay overlay = Overlay.render(file.getParent());

        assertThat(overlay.all(HTTPRoute.class)).isEmpty();
        var ingress = overlay.one(Ingress.class).getSpec();
        assertThat(ingress.getIngressClassName()).isEqualTo(site.get("ingress-class"));
        assertThat(ingress.getTls()).singleElement().satisfies(tls -> assertThat(tls.getHosts())
                .containsExactly(site.get("host")));
        assertThat(ingress.getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getHost()).isEqualTo(site.get("host"));
            assertThatTheRightPathsAreRouted(rule.getHttp().getPaths().stream()
                    .map(path -> way(path.getPathType(), path.getPath()))
                    .toList());
            assertThat(rule.getHttp().getPaths())
                    .extracting(path -> path.getBackend().getService())
                    .allSatisfy(service -> assertThat(ReferencesTest.offers(
                                    overlay,
                                    service.getName(),
                                    service.getPort().getName(),
                                    service.getPort().getNumber()))
                            .isTrue());
        });
    }

    /** What a path of an HTTPRoute or an Ingress takes. A prefix is one of whole segments. */
    private static Predicate<String> way(String type, String value) {
        return switch (type) {
            case "Exact" -> value::equals;
            case "Prefix", "PathPrefix" -> path -> path.equals(value) || path.startsWith(value + "/");
            default -> throw new AssertionError("What it takes is up to the controller: " + type);
        };
    }

    private static void assertThatTheRightPathsAreRouted(List<Predicate<String>> ways) {
        assertThat(List.of(
                        "/api/auth/register",
                        "/api/auth/validate-token",
                        "/api/v4/user",
                        "/api/v4/groups",
                        "/oauth/authorize",
                        "/oauth/authorize/code",
                        "/oauth/assets/login.css",
                        "/oauth/token",
                        "/oauth/revoke",
                        "/oauth/introspect",
                        "/.well-known/oauth-authorization-server"))
                .allSatisfy(path -> assertThat(ways).as(path).anyMatch(way -> way.test(path)));
        assertThat(List.of(
                        "/",
                        "/health",
                        "/docs",
                        "/openapi.json",
                        "/q/health/ready",
                        "/q/metrics",
                        "/oauthx",
                        "/.well-known",
                        "/.well-known/acme-challenge/x"))
                .allSatisfy(path -> assertThat(ways).as(path).noneMatch(way -> way.test(path)));
    }

    @Test
    void planeIsSentToTheHostThatIsRoutedAndComesBackOverTls() {
        var settings = production.settings().getData();
        assertThat(settings).containsEntry("PUBLIC_URL", "https://" + site.get("host"));
        assertThat(settings.get("OAUTH_REDIRECT_URIS"))
                .startsWith(settings.get("ALLOWED_ORIGINS") + "/")
                .endsWith("/auth/gitlab/callback/");
        assertThat(production.environment(OverlaysIT.TEST_SECRETS))
                .containsKeys("OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET")
                .doesNotContainKey("OAUTH_CLIENT_SECRET_PREVIOUS");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void onlyPlaneTheGatewayAndPrometheusGetInAndOnlyTheDatabaseIsReached() {
        var in = production.named(NetworkPolicy.class, "to-kriya").getSpec();
        assertThat(in.getPolicyTypes()).containsExactly("Ingress");
        assertThat(in.getIngress()).hasSize(2);
        assertThat(in.getIngress().getFirst().getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getPort().getStrVal()).isEqualTo("http"));
        assertThat(in.getIngress().getFirst().getFrom())
                .extracting(peer -> peer.getNamespaceSelector().getMatchLabels().get("kubernetes.io/metadata.name"))
                .containsExactly(site.get("plane-namespace"), site.get("gateway-namespace"));
        assertThat(in.getIngress().getLast().getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getPort().getStrVal()).isEqualTo("management"));
        assertThat(in.getIngress().getLast().getFrom()).singleElement().satisfies(peer -> {
            assertThat(peer.getNamespaceSelector().getMatchLabels())
                    .containsEntry("kubernetes.io/metadata.name", site.get("monitoring-namespace"));
            assertThat(peer.getPodSelector().getMatchLabels()).containsEntry("app.kubernetes.io/name", "prometheus");
        });

        var out = production.named(NetworkPolicy.class, "from-kriya").getSpec();
        assertThat(out.getPolicyTypes()).containsExactly("Egress");
        assertThat(out.getEgress())
                .flatExtracting(rule -> rule.getPorts())
                .extracting(port -> port.getPort().getIntVal())
                .containsExactly(53, 53, 5432);
        assertThat(out.getEgress().getLast().getTo()).singleElement().satisfies(peer -> assertThat(
                        peer.getPodSelector().getMatchLabels())
                .containsEntry(
                        "cnpg.io/cluster",
                        production.one(Cluster.class).metadata().getName()));
    }
}
