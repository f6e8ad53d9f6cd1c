package io.kriya.database.availability;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.Patience;
import io.kriya.TestPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** More requests than the database can answer, whatever becomes of the answers. Ratios within one run count. */
@Isolated("It measures what can be had")
class OverloadIT {

    private static final int CLIENTS = 12;
    private static final int TIMES_CAPACITY = 4;

    private TestPostgres.Database database;

    @AutoClose
    private KriyaProcess kriya;

    private String token;

    private record Answer(int status, boolean saysWhenToRetry, long nanos) {}

    @BeforeEach
    void start() throws Exception {
        database = TestPostgres.database();
        var environment = KriyaProcess.environment(database);
        environment.put("DATABASE_POOL_SIZE", "6");
        environment.put("TOKEN_CACHE_SIZE", "0");
        kriya = KriyaProcess.start(environment);
        token = KriyaProcess.tokenOf(kriya.register(Api.number()));
        // So slow that it, and not the machine of this test, is what there is too little of.
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("create function slow() returns trigger as "
                    + "'begin perform pg_sleep(0.05); return new; end' language plpgsql");
            statement.execute("create trigger slow before insert on tokens for each row execute function slow()");
        }
    }

    @Test
    void overloadIsRefusedAtOnceAndTheOtherRequestsAreServedSoon() {
        List<Answer> capacity = served(closedLoop(Duration.ofSeconds(4)));
        double rate = capacity.size() / 4.0;

        Queue<Boolean> probes = new ConcurrentLinkedQueue<>();
        List<Answer> flooded = openLoop(TIMES_CAPACITY * rate, Duration.ofSeconds(6), probes);

        List<Answer> served = served(flooded);
        List<Answer> refused =
                flooded.stream().filter(answer -> answer.status() != 200).toList();
        assertThat(served.size() / 6.0).isGreaterThan(rate / 2);
        assertThat(percentile(served, 99))
                .as("%d served, p99 of a capacity of %.0f a second", served.size(), rate)
                .isLessThan(3 * percentile(capacity, 99));
        assertThat(refused).isNotEmpty().allMatch(answer -> answer.status() == 503 && answer.saysWhenToRetry());
        assertThat(percentile(refused, 50)).isLessThan(percentile(capacity, 50));
        assertThat(probes).isNotEmpty().doesNotContain(false);
        assertThat(kriya.log()).doesNotContain("The database is unavailable");

        await().atMost(Patience.of(Duration.ofSeconds(2)))
                .until(() -> kriya.register(Api.number()).statusCode() == 200);
        List<Answer> after = closedLoop(Duration.ofSeconds(2));
        assertThat(served(after).size() / 2.0).isGreaterThan(rate / 2);
        assertThat(after).allMatch(answer -> answer.status() == 200);
    }

    @Test
    void aBurstIsServed() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Answer>>();
            for (int i = 0; i < 16; i++) {
                answers.add(clients.submit(this::register));
            }
            for (var answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void whileWritesHangTokensAreLookedUp() throws Exception {
        try (var lock = database.connect();
                var statement = lock.createStatement();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            lock.setAutoCommit(false);
            statement.execute("lock table users in share mode");
            for (int i = 0; i < 50; i++) {
                clients.submit(this::register);
            }
            await().until(this::areWritesWaiting);
            for (int i = 0; i < 20; i++) {
                assertThat(kriya.letsIn(token)).isTrue();
            }
            lock.rollback();
        }
    }

    private boolean areWritesWaiting() throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and datname = current_database()")) {
            rows.next();
            return rows.getInt(1) >= 2;
        }
    }

    /** As many as can be had by clients who wait for their answers. */
    private List<Answer> closedLoop(Duration duration) {
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + duration.toNanos();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.submit(() -> {
                    while (System.nanoTime() < end) {
                        answers.add(register());
                    }
                });
            }
        }
        return List.copyOf(answers);
    }

    /** As many as come, whether or not others were answered. */
    private List<Answer> openLoop(double rate, Duration duration, Queue<Boolean> probes) {
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor();
                var clock = Executors.newScheduledThreadPool(1)) {
            clock.scheduleAtFixedRate(
                    () -> clients.submit(() -> answers.add(register())), 0, (long) (1e9 / rate), TimeUnit.NANOSECONDS);
            clock.scheduleAtFixedRate(
                    () -> clients.submit(() -> probes.add(kriya.isReady())), 0, 200, TimeUnit.MILLISECONDS);
            await().pollDelay(duration).until(() -> true);
            clock.shutdownNow();
        }
        return List.copyOf(answers);
    }

    private Answer register() {
        long start = System.nanoTime();
        HttpResponse<String> answer = kriya.register(Api.number());
        return new Answer(
                answer.statusCode(), answer.headers().firstValue("Retry-After").isPresent(), System.nanoTime() - start);
    }

    private static List<Answer> served(List<Answer> answers) {
        return answers.stream().filter(answer -> answer.status() == 200).toList();
    }

    private static long percentile(List<Answer> answers, int percent) {
        long[] sorted = answers.stream().mapToLong(Answer::nanos).sorted().toArray();
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
