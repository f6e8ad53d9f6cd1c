package io.kriya.signin;

import static io.kriya.signin.EqualTreatment.assertThatAKnownNumberTakesAsLongAsAnUnknownOne;

import org.junit.jupiter.api.Test;

/** The small form of {@link io.kriya.bench.EqualTreatmentBench}. */
class EqualTreatmentIT {

    @Test
    void whetherANumberHasAnAccountDoesNotShowInTheResponseTime() {
        assertThatAKnownNumberTakesAsLongAsAnUnknownOne(100);
    }
}
