package io.kriya.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/** A service, its database, and the requests that it can answer. */
record Subject(Service service, Database database, Calls calls, int size) {

    private static final String ALLOCATED = "jvm_gc_memory_allocated_bytes_total";

    Sample closed(Call call, int connections, Duration duration) {
        return measure(() -> Generator.closed(service, call, connections, duration));
    }

    Sample open(Call call, int connections, int rate, Duration duration) {
        return measure(() -> Generator.open(service, call, connections, rate, duration));
    }

    Sample measure(Supplier<Generator.Outcome> load) {
        ProcessHandle server = database.process();
        double allocated = service.metric(ALLOCATED);
        double ofService = Processor.micros(service.process());
        double ofServer = Processor.microsOfAll(server);
        double ofGenerator = Processor.micros(ProcessHandle.current());
        var outcome = load.get();
        long requests = Math.max(1, outcome.requests());
        var sample = new Sample(
                outcome.rate(),
                outcome.millis(50),
                outcome.millis(99),
                outcome.millis(99.9),
                outcome.failures(),
                (Processor.micros(service.process()) - ofService) / requests,
                (Processor.microsOfAll(server) - ofServer) / requests,
                (Processor.micros(ProcessHandle.current()) - ofGenerator) / requests,
                (service.metric(ALLOCATED) - allocated) / 1024 / requests,
                service.residentMegabytes());
        return sample;
    }

    /** Runs a script without the service. */
    Sample pgbench(PgBench pgbench, Path script, Duration duration) {
        ProcessHandle server = database.process();
        double ofServer = Processor.microsOfAll(server);
        double ofClient = Processor.micros(ProcessHandle.current());
        var outcome = pgbench.run(database, script, size, duration);
        awaitEnd();
        return new Sample(
                outcome.rate(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                0,
                Double.NaN,
                (Processor.microsOfAll(server) - ofServer) / outcome.transactions(),
                (Processor.micros(ProcessHandle.current()) - ofClient) / outcome.transactions(),
                Double.NaN,
                Double.NaN);
    }

    /** What its sessions have used is known for good once they are gone. */
    private void awaitEnd() {
        String sessions = "select count(*) from pg_stat_activity where application_name = 'pgbench'";
        try {
            do {
                Thread.sleep(200);
            } while (!database.query(sessions).equals("0"));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
