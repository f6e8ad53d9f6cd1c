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
        double resident) {}
