package io.kriya;

import static io.kriya.Patience.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Requests at a steady rate, over connections that are kept alive, to whichever replica is ready. */
public final class Load implements AutoCloseable {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(24);
    private final List<KriyaProcess> replicas;
    private final String token;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile List<KriyaProcess> ready;

    /**
     * Begins at once.
     *
     * @param token a good one, to validate
     * @param replicas may be changed while it runs
     */
    public Load(int requestsASecond, String token, List<KriyaProcess> replicas) {
        this.token = token;
        this.replicas = replicas;
        probe();
        threads.scheduleWithFixedDelay(
                this::probe, BETWEEN_PROBES.toMillis(), BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS);
        threads.scheduleAtFixedRate(
                () -> threads.execute(this::request), 0, 1_000_000_000 / requestsASecond, TimeUnit.NANOSECONDS);
    }

    private void probe() {
        var now = new ArrayList<KriyaProcess>();
        for (KriyaProcess replica : List.copyOf(replicas)) {
            if (replica.isReady()) {
                now.add(replica);
            }
        }
        ready = now;
    }

    private void request() {
        List<KriyaProcess> targets = ready;
        if (targets.isEmpty()) {
            return;
        }
        int number = next.getAndIncrement();
        KriyaProcess replica = targets.get(number % targets.size());
        attempt(() -> {
            var answer = number % 10 == 0 ? replica.register(Api.number()) : replica.validate(token);
            return answer.statusCode() == 200 ? "" : answer.statusCode() + " " + answer.body();
        });
    }

    private void attempt(Supplier<String> request) {
        try {
            String failure = request.get();
            if (!failure.isEmpty()) {
                failures.add(failure);
            }
        } catch (RuntimeException failed) {
            failures.add(failed.toString());
        }
        answered.incrementAndGet();
    }

    public boolean isAnyReady() {
        return !ready.isEmpty();
    }

    /** Waits until so many more are answered. */
    public void awaitAnswers(int more) {
        int goal = answered.get() + more;
        await(more + " more answers").until(() -> answered.get() >= goal);
    }

    /** What went wrong with any request so far. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        threads.close();
    }
}
