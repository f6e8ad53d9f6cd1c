package io.kriya.token.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.Patience;
import io.kriya.Signals;
import io.kriya.TcpProxy;
import io.kriya.TestPostgres;
import io.kriya.TestPostgres.Database;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A revoked token is invalid on each replica, whatever happens to connections and database. */
class RevocationIT {

    private static final int ENOUGH_LET_IN = 1000;
    private static final int ENOUGH_REFUSED = 100;

    /** Longer by {@code -Dkriya.revocation.seconds}, and on a slow machine until enough was asked. */
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("kriya.revocation.seconds", 30));

    private static final int CLIENTS = 8;
    private static final int TOKENS = 24;

    /** The bound for other replicas; on the replica of the log-out it takes effect at once. */
    private static final Duration BOUND = TokenCache.FRESH;

    private final List<KriyaProcess> replicas = new ArrayList<>();
    private final List<TcpProxy> proxies = new ArrayList<>();
    private final AtomicReferenceArray<Login> logins = new AtomicReferenceArray<>(TOKENS);
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger letIn = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /** One login. Its end is set once, by the thread that revoked it. */
    private static final class Login {

        private final String token;
        private volatile KriyaProcess ending;
        private volatile KriyaProcess endedOn;
        private volatile long endedAt;

        Login(String token) {
            this.token = token;
        }
    }

    @Test
    void aRevokedTokenIsNeverValidLaterThanPromised(@TempDir Path folder) throws Exception {
        try (var server = TestPostgres.startIn(folder.resolve("data"))) {
            var database = TestPostgres.databaseOn(server);
            try {
                for (int i = 0; i < 3; i++) {
                    replicas.add(launch(database));
                }
                replicas.forEach(KriyaProcess::awaitAnswer);
                for (int i = 0; i < TOKENS; i++) {
                    logins.set(i, login(replicas.getFirst()));
                }
                run(database, folder.resolve("data"));
            } finally {
                replicas.forEach(KriyaProcess::close);
                for (TcpProxy proxy : proxies) {
                    proxy.close();
                }
            }
        }
        assertThat(violations).isEmpty();
        assertThat(letIn).hasValueGreaterThan(ENOUGH_LET_IN);
        assertThat(refused).hasValueGreaterThan(ENOUGH_REFUSED);
    }

    private KriyaProcess launch(Database database) throws Exception {
        var proxy = new TcpProxy(database.port());
        proxies.add(proxy);
        var environment = KriyaProcess.environment(database);
        environment.put(
                "DATABASE_LISTEN_URL", database.url().replace(":" + database.port() + "/", ":" + proxy.port() + "/"));
        environment.put("DATABASE_TIMEOUT_MILLIS", "5000");
        return KriyaProcess.launch(environment);
    }

    private void run(Database database, Path data) throws Exception {
        long start = System.nanoTime();
        BooleanSupplier isEnough = () -> {
            long length = System.nanoTime() - start;
            return length > LENGTH.toNanos()
                    && (letIn.get() > ENOUGH_LET_IN && refused.get() > ENOUGH_REFUSED
                            || length > LENGTH.plus(Patience.LIMIT).toNanos());
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<java.util.concurrent.Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(threads.submit(() -> {
                    while (!isEnough.getAsBoolean()) {
                        act();
                    }
                }));
            }
            while (!isEnough.getAsBoolean()) {
                disturb(database, data);
            }
            for (var client : all) {
                client.get();
            }
        }
    }

    private void act() {
        var random = ThreadLocalRandom.current();
        int place = random.nextInt(TOKENS);
        Login login = logins.get(place);
        KriyaProcess replica = replicas.get(random.nextInt(replicas.size()));
        if (random.nextInt(20) == 0) {
            end(login, replica);
        } else if (login.endedAt != 0 && random.nextInt(40) == 0) {
            Login next = login(replica);
            if (next != null) {
                logins.compareAndSet(place, login, next);
            }
        } else {
            validate(login, replica);
        }
    }

    private static Login login(KriyaProcess replica) {
        HttpResponse<String> answer = replica.register(Api.number());
        return answer.statusCode() == 200 ? new Login(KriyaProcess.tokenOf(answer)) : null;
    }

    private static void end(Login login, KriyaProcess replica) {
        synchronized (login) {
            if (login.endedAt != 0) {
                return;
            }
            login.ending = replica;
            if (replica.logout(login.token).statusCode() == 200) {
                login.endedOn = replica;
                login.endedAt = System.nanoTime();
            }
        }
    }

    private void validate(Login login, KriyaProcess replica) {
        boolean isEnding = login.ending != null;
        long endedAt = login.endedAt;
        long allowed = replica == login.endedOn ? 0 : BOUND.toNanos();
        boolean isOver = endedAt != 0 && System.nanoTime() - endedAt > allowed;
        HttpResponse<String> answer = replica.validate(login.token);
        if (answer.statusCode() == 503) {
            return;
        }
        if (answer.body().contains("Token is valid")) {
            letIn.incrementAndGet();
            if (isOver) {
                violations.add("let in after its end");
            }
        } else {
            refused.incrementAndGet();
            // A log-out may take effect before its response arrives.
            if (!isEnding && login.ending == null) {
                violations.add("refused: " + answer.statusCode() + " " + answer.body());
            }
        }
    }

    private void disturb(Database database, Path data) throws Exception {
        var random = ThreadLocalRandom.current();
        Thread.sleep(random.nextInt(500, 3000));
        switch (random.nextInt(3)) {
            case 0 ->
                database.execute("select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%'"
                        + " and datname = current_database()");
            case 1 -> {
                TcpProxy proxy = proxies.get(random.nextInt(proxies.size()));
                proxy.hold();
                Thread.sleep(random.nextInt(200, 4000));
                proxy.release();
            }
            default -> {
                List<Long> processes = Signals.processesOf(data);
                Signals.send("-STOP", processes);
                Thread.sleep(random.nextInt(200, 2000));
                Signals.send("-CONT", processes);
            }
        }
    }
}
