package io.kriya.k8s;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.Map;

/** CloudNativePG's Cluster: of its API reference, version 1.27, the fields that are used here. */
record Cluster(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

    record Spec(
            int instances,
            Bootstrap bootstrap,
            Postgresql postgresql,
            Affinity affinity,
            ResourceRequirements resources,
            Storage storage,
            Storage walStorage) {}

    record Bootstrap(InitDb initdb) {}

    record InitDb(String database, String owner) {}

    record Postgresql(Map<String, String> parameters, Synchronous synchronous) {}

    enum Method {
        any,
        first
    }

    record Synchronous(Method method, int number) {}

    enum Strictness {
        preferred,
        required
    }

    record Affinity(String topologyKey, Strictness podAntiAffinityType) {}

    record Storage(String size) {}
}
