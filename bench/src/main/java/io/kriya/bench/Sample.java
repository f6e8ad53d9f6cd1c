package io.kriya.bench;

/**
 * What one turn gave. What was not measured is NaN.
 *
 * @param rate requests a second
 * @param p50 milliseconds
 * @param failures answers other than expected
 * @param service microseconds of the service's processor time a request
 * @param database those of PostgreSQL
 * @param generator those of the generator
 * @param kilobytes that the service allocated a request
 * @param resident memory of the service at the end, in megabytes
 */
record Sample(
        double rate,
        double p50,
        double p99,
        double p999,
        long failures,
        double service,
        double database,
        double generator,
        double kilobytes,
        double resident) {

    /** Of a service whose database is not measured. */
    static Sample of(Generator.Outcome outcome, double service) {
        return new Sample(
                outcome.rate(),
                outcome.millis(50),
                outcome.millis(99),
                outcome.millis(99.9),
                outcome.failures(),
                service,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }
}
