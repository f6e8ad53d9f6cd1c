package io.kriya.config;

import io.kriya.account.PhoneConfig;
import io.kriya.setting.ProductionCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Logs at every start in production what is legal but unwise, and variables that may be misspelt. */
@Singleton
class ProductionChecks {

    private static final Logger LOG = Logger.getLogger(ProductionChecks.class);

    void warn(
            @Observes StartupEvent started,
            @All List<ProductionCheck> checks,
            SmallRyeConfig config,
            LaunchMode mode,
            PhoneConfig phone,
            MeterRegistry meters) {
        Gauge.builder("kriya.phone.verification", () -> 1)
                .description("How phone numbers are proven: none or sms.")
                .tag("mode", phone.verification())
                .register(meters);
        if (mode == LaunchMode.NORMAL) {
            checks.stream()
                    .flatMap(ProductionCheck::warnings)
                    .filter(Objects::nonNull)
                    .forEach(LOG::warn);
            for (String name : config.getPropertyNames()) {
                Misspellings.nearest(name)
                        .ifPresent(known -> LOG.warnf("%s is no variable of Kriya: is %s meant?", name, known));
            }
        }
    }
}
