package io.kriya;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long the tests wait for what has to come. {@code -Dkriya.test.patience=10} makes each wait ten times as long, on a
 * machine that has much else to do.
 */
public final class Patience {

    /** What every bound of time is multiplied by. */
    public static final int FACTOR = Integer.getInteger("kriya.test.patience", 1);

    /** After which a test gives up. */
    public static final Duration LIMIT = of(Duration.ofMinutes(2));

    private Patience() {}

    /** A bound on a machine that has nothing else to do, as long as it has to be on this one. */
    public static Duration of(Duration bound) {
        return bound.multipliedBy(FACTOR);
    }

    /** Awaitility's, with this patience. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT);
    }

    public static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LIMIT);
    }
}
