package io.kriya.bench;

import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.PhaseBuilder;
import io.hyperfoil.api.session.Session;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.steps.HttpStepCatalog;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** Sends requests with Hyperfoil, from one thread. */
final class Generator {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Generator() {}

    /**
     * What came of a load.
     *
     * @param bySecond responses in each second since the first request
     */
    record Outcome(long requests, long failures, Duration duration, Histogram latency, double[] bySecond) {

        double rate() {
            return requests / (duration.toMillis() / 1e3);
        }

        double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1e6;
        }

        Outcome plus(Outcome other) {
            var sum = latency.copy();
            sum.add(other.latency);
            double[] both = Arrays.copyOf(bySecond, bySecond.length + other.bySecond.length);
            System.arraycopy(other.bySecond, 0, both, bySecond.length, other.bySecond.length);
            return new Outcome(
                    requests + other.requests, failures + other.failures, duration.plus(other.duration), sum, both);
        }
    }

    /** When the request of an index is due, in nanoseconds after the start. */
    private interface Schedule {
        long due(long index, long now);
    }

    /** Each connection asks again once it was answered. */
    static Outcome closed(Service service, Call call, int connections, Duration duration) {
        return run(
                service, call, connections, duration, phase -> phase.always(connections), connections, (_, now) -> now);
    }

    /**
     * Requests are due at a fixed rate, whether or not those before were answered. Their latency counts from then: it holds
     * the wait for a connection, and any delay of the generator's own. Hyperfoil starts every millisecond what is due in it.
     */
    static Outcome open(Service service, Call call, int connections, int rate, Duration duration) {
        // Those of a second; what is due beyond waits for one, and is late by that.
        int sessions = Math.max(rate, connections);
        return run(
                service,
                call,
                connections,
                duration,
                phase -> phase.constantRate(rate).variance(false).maxSessions(sessions),
                sessions,
                (index, _) -> Math.ceilDiv(index * 1000, rate) * 1_000_000);
    }

    private interface Model {
        PhaseBuilder<?> of(PhaseBuilder.Catalog phase);
    }

    private static Outcome run(
            Service service,
            Call call,
            int connections,
            Duration duration,
            Model model,
            int sessions,
            Schedule schedule) {
        var benchmark = BenchmarkBuilder.builder().name("load").threads(1);
        benchmark
                .addPlugin(HttpPluginBuilder::new)
                .ergonomics()
                .repeatCookies(false)
                .userAgentFromSession(false)
                .autoRangeCheck(false)
                .stopOnInvalid(false)
                .endErgonomics()
                .http()
                .host("127.0.0.1")
                .port(service.port())
                .requestTimeout("none")
                .sharedConnections(connections);
        var request = model.of(benchmark.addPhase("load"))
                .duration(duration.toMillis())
                .maxDuration(duration.plus(LONGEST).toMillis())
                .scenario()
                .initialSequence("request")
                .step(HttpStepCatalog.SC)
                .httpRequest(call.method())
                .path(call.path());
        var watch = new Stopwatch(sessions, schedule, duration);
        request.headerAppender((session, headers) -> {
            watch.start(session);
            call.headers().forEach(headers::putHeader);
            if (call.ownHeader() != null) {
                headers.putHeader(call.ownHeader(), call.ownValue().get());
            }
        });
        if (call.body() != null) {
            request.body((_, _) -> Unpooled.wrappedBuffer(call.bytes()));
        }
        request.handler()
                .status((sent, status) -> {
                    if (status != call.status()) {
                        sent.markInvalid();
                    }
                })
                .onCompletion(watch::stop);
        var total = new StatisticsSnapshot();
        new LocalSimulationRunner(benchmark.build(), (_, _, _, part, _) -> total.add(part), null, null).run();
        return new Outcome(
                total.responseCount, total.invalid + total.errors(), duration, watch.latency, watch.bySecond);
    }

    /** Each session has one request under way; all are on one thread. */
    private static final class Stopwatch {
        final Histogram latency = new Histogram(LONGEST.toNanos(), 3);
        final long[] due;
        final double[] bySecond;
        final Schedule schedule;
        long start;
        long count;

        Stopwatch(int sessions, Schedule schedule, Duration duration) {
            due = new long[sessions];
            bySecond = new double[(int) duration.toSeconds() + 1];
            this.schedule = schedule;
        }

        void start(Session session) {
            long now = System.nanoTime();
            if (count == 0) {
                start = now - sinceStart(session);
            }
            due[session.uniqueId()] = start + schedule.due(count++, now - start);
        }

        /** Its own first request can be late too, so that the schedule does not begin with that. */
        private static long sinceStart(Session session) {
            return ChronoUnit.NANOS.between(Instant.ofEpochMilli(session.phaseStartTimestamp()), Instant.now());
        }

        void stop(Session session) {
            long now = System.nanoTime();
            bySecond[(int) Math.min((now - start) / 1_000_000_000, bySecond.length - 1)]++;
            long taken = now - due[session.uniqueId()];
            latency.recordValue(Math.clamp(taken, 0, LONGEST.toNanos()));
        }
    }
}
