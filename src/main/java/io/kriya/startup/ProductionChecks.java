package io.kriya.startup;

import io.kriya.plane.PlaneConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Says at every start in production what is legal but unwise. */
@Singleton
class ProductionChecks {

    private static final Logger LOG = Logger.getLogger(ProductionChecks.class);
    private static final String SAMPLE_KEY = "shared-secret-key-for-plane-kriya-communication";

    private final PlaneConfig plane;
    private final LaunchMode mode;

    ProductionChecks(PlaneConfig plane, LaunchMode mode) {
        this.plane = plane;
        this.mode = mode;
    }

    void warn(@Observes StartupEvent started) {
        if (mode != LaunchMode.NORMAL) {
            return;
        }
        if (plane.keys().anyMatch(SAMPLE_KEY::equals)) {
            LOG.warn("PLANE_API_KEY is the sample of the documentation, which everybody knows: choose one of your own");
        }
        LOG.warn(
                "Phone numbers are not verified: whoever reaches /api/auth/register can log in as any number, so let only a"
                        + " front end that proves the number itself reach it");
    }
}
