package io.kriya.database;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** The pool's own metrics tell how many connections are in use, but not of how many. */
@Singleton
class PoolMetrics implements MeterBinder {

    private final AgroalDataSource pool;

    PoolMetrics(AgroalDataSource pool) {
        this.pool = pool;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("kriya.database.pool.size", () -> pool.getConfiguration()
                        .connectionPoolConfiguration()
                        .maxSize())
                .description("The most connections that this replica holds.")
                .register(registry);
    }
}
