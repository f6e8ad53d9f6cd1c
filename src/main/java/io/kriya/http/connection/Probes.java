package io.kriya.http.connection;

import java.util.Set;

/** The health endpoints that Kubernetes polls. */
public final class Probes {

    private static final Set<String> PATHS =
            Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");

    private Probes() {}

    public static boolean isProbe(String path) {
        return PATHS.contains(path);
    }
}
