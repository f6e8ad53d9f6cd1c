package io.kriya.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Deployment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Whether the response time of a challenge tells that its number has an account. */
public final class EqualTreatment {

    private EqualTreatment() {}

    /**
     * Asserts that it does not tell.
     *
     * @param each how many known numbers are compared with as many unknown ones
     */
    public static void assertThatAKnownNumberTakesAsLongAsAnUnknownOne(int each) {
        String many = "1000000/24h";
        try (var kriya = Deployment.start(
                1,
                Map.of(
                        "SMS_LIMIT_NUMBER", many,
                        "SMS_LIMIT_ADDRESS", many,
                        "SMS_LIMIT_ADDRESS_DAY", many,
                        "SMS_LIMIT_COUNTRY", many,
                        "SMS_LIMIT_TOTAL", many))) {
            kriya.database.execute("""
                    insert into users (id, phone_number, first_name, created_at, updated_at)
                    select gen_random_uuid(), '+1202' || 2000000 + n, 'Ada', now(), now() from generate_series(0, %d) n
                    """.formatted(2 * each));
            kriya.database.execute("analyze users");
            // A service that has run for a while.
            for (int i = 0; i < 500; i++) {
                time(kriya, "+1303" + (2_000_000 + i));
            }
            var known = new ArrayList<Long>();
            var unknown = new ArrayList<Long>();
            for (int i = 0; i < each; i++) {
                String suffix = Integer.toString(2_000_000 + i);
                // In turns, and each as often first.
                if (i % 2 == 0) {
                    known.add(time(kriya, "+1202" + suffix));
                    unknown.add(time(kriya, "+1212" + suffix));
                } else {
                    unknown.add(time(kriya, "+1212" + suffix));
                    known.add(time(kriya, "+1202" + suffix));
                }
            }
            assertThat(chanceThatTheFirstIsSlower(known, unknown)).isBetween(0.5 - bound(each), 0.5 + bound(each));
        }
    }

    /** For two samples of one distribution, the chance deviates by more than this once in ten thousand times. */
    private static double bound(int each) {
        return 3.9 * Math.sqrt((2 * each + 1) / (12.0 * each * each));
    }

    private static long time(Deployment kriya, String number) {
        long start = System.nanoTime();
        var answer = kriya.register(number, "X-Forwarded-For", "10.1.1.1");
        long taken = System.nanoTime() - start;
        assertThat(answer.statusCode()).isEqualTo(202);
        return taken;
    }

    /** The statistic of Mann, Whitney and Wilcoxon: one half where neither tends to be slower. */
    private static double chanceThatTheFirstIsSlower(List<Long> first, List<Long> second) {
        var sorted = new ArrayList<>(second);
        Collections.sort(sorted);
        double wins = first.stream()
                .mapToLong(time -> {
                    int place = Collections.binarySearch(sorted, time);
                    return place >= 0 ? place : -place - 1;
                })
                .sum();
        return wins / first.size() / second.size();
    }
}
