package io.kriya.bench;

import static io.kriya.signin.EqualTreatment.assertThatAKnownNumberTakesAsLongAsAnUnknownOne;

import org.junit.jupiter.api.Test;

/** Compares the response times of thousands of known and unknown numbers: bench/equal-treatment runs it. */
public class EqualTreatmentBench {

    @Test
    void whetherANumberHasAnAccountDoesNotShowInTheResponseTime() {
        assertThatAKnownNumberTakesAsLongAsAnUnknownOne(2_000);
    }
}
