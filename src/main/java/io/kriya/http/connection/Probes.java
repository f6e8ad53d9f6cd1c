package io.kriya.http.connection;

import java.util.Set;

/** The health endpoints that Kubernetes polls. */
public final class Probes {

    private static final Set<String> PATHS =
            Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");

    private Probes() {}

    /** @param path of a request; null if its target is malformed */
    public static boolean isProbe(String path) {
        return path != null && PATHS.contains(path);
    }
}
