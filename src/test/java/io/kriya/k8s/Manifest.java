package io.kriya.k8s;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Kustomization;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Patch;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads YAML into the types of its kinds, and refuses a field that a kind does not have, at any depth. */
final class Manifest {

    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            entry("apps/v1 Deployment", Deployment.class),
            entry("apps/v1 StatefulSet", StatefulSet.class),
            entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
            entry("kustomize.config.k8s.io/v1alpha1 Component", Kustomization.class),
            entry("kustomize.config.k8s.io/v1beta1 Kustomization", Kustomization.class),
            entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
            entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
            entry("networking.k8s.io/v1 Ingress", Ingress.class),
            entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            entry("postgresql.cnpg.io/v1 Cluster", Cluster.class),
            entry("v1 ConfigMap", ConfigMap.class),
            entry("v1 Namespace", Namespace.class),
            entry("v1 Secret", Secret.class),
            entry("v1 Service", Service.class),
            entry("v1 ServiceAccount", ServiceAccount.class));

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .annotationIntrospector(new NothingAdditional())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            // A port of an environment variable without quotes is refused by an API server.
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    /** The model keeps what it does not know in a map, for clients of another version. */
    private static final class NothingAdditional extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /** One step of a JSON patch (RFC 6902). */
    record Step(String op, String path, String from, JsonNode value) {}

    private Manifest() {}

    /** Every document of a file. */
    static List<Object> read(String yaml) {
        List<Object> objects = new ArrayList<>();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (documents.hasNextValue()) {
                objects.add(typed(documents.nextValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects;
    }

    private static Object typed(JsonNode document) throws JacksonException {
        String kind = document.path("apiVersion").asText() + " "
                + document.path("kind").asText();
        Class<?> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("no type is known for " + kind);
        }
        Object object = YAML.treeToValue(document, type);
        if (object instanceof Kustomization kustomization) {
            for (Patch patch : kustomization.getPatches()) {
                if (patch.getPatch() != null) {
                    inline(YAML.readTree(patch.getPatch()));
                }
            }
        }
        return object;
    }

    private static void inline(JsonNode patch) throws JacksonException {
        if (patch.isArray()) {
            YAML.treeToValue(patch, Step[].class);
        } else {
            typed(patch);
        }
    }
}
