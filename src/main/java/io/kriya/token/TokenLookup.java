package io.kriya.token;

import io.agroal.api.AgroalDataSource;
import io.kriya.account.UserView;
import io.kriya.database.DatabaseConfig;
import io.kriya.database.Primaries;
import io.kriya.database.Primary;
import io.kriya.database.availability.Admission;
import io.kriya.database.availability.Backlog;
import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.Deadline;
import io.kriya.security.SecretHash;
import io.kriya.token.cache.IssuedToken;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks tokens up, in batches. While a worker runs a statement, new requests queue up and share the next one. So under load
 * a look-up gets cheaper. Another worker starts when a request has waited for long.
 */
@Singleton
class TokenLookup {

    /** A larger batch is no faster. */
    private static final int BATCH_SIZE = 64;

    /** What a request waits before another worker starts: the server is far, busy or gone, or the queue is long. */
    private static final long PATIENCE_NANOS = Duration.ofMillis(5).toNanos();

    /** The queue may always hold this many requests for each one that is being looked up. */
    private static final int QUEUE_FACTOR = 2;

    /** Needs no transaction. The first column identifies the server, also if no token is found. */
    private static final String SQL = """
            select (select %s), t.token_hash, t.is_active, t.expires_at, \
            u.id, u.phone_number, u.first_name, u.last_name, u.email, u.created_at, u.verified_email \
            from (select) one left join (tokens t join users u on u.id = t.user_id) \
            on t.token_hash = any (?)""".formatted(Primary.SQL);

    private final BlockingQueue<Request> queue = new LinkedBlockingQueue<>();
    private final int workers;
    private final Semaphore idleWorkers;
    private final AgroalDataSource database;
    private final Primaries primaries;
    // Not virtual threads, which cost a tenth of a look-up's processor time; nor Quarkus's executor, which would run a
    // statement in the context of the request that started it.
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("token-lookup").factory());
    private final Executor soon = CompletableFuture.delayedExecutor(PATIENCE_NANOS, TimeUnit.NANOSECONDS, threads);
    private final AtomicLong latestWatch = new AtomicLong(System.nanoTime() - PATIENCE_NANOS);
    private final Backlog backlog;
    private final long timeoutNanos;

    /** The result of a look-up, and the server that returned it. */
    record Found(Optional<IssuedToken> token, Primary answeredBy) {}

    private record Request(SecretHash hash, long since, CompletableFuture<Found> result) {

        boolean hasWaited(long nanos, long now) {
            return now - since > nanos;
        }

        void refuse() {
            result.completeExceptionally(DatabaseUnavailable.busy());
        }
    }

    TokenLookup(AgroalDataSource database, Primaries primaries, DatabaseConfig config) {
        this.database = database;
        this.primaries = primaries;
        workers = Admission.lookupConnections(database);
        idleWorkers = new Semaphore(workers);
        backlog = new Backlog(QUEUE_FACTOR * BATCH_SIZE * workers, config.timeout());
        timeoutNanos = config.timeout().dividedBy(2).toNanos();
    }

    /** Finds the token with this hash; fails with {@link DatabaseUnavailable}. */
    Uni<Found> find(SecretHash hash) {
        if (backlog.excess(queue.size() + 1) > 0) {
            return Uni.createFrom().failure(DatabaseUnavailable.busy());
        }
        var request = new Request(hash, System.nanoTime(), new CompletableFuture<>());
        queue.add(request);
        serveQueue();
        return Uni.createFrom().completionStage(request.result());
    }

    /** Starts a worker if none works, and looks again soon if others may keep requests waiting. */
    private void serveQueue() {
        int idle = idleWorkers.availablePermits();
        if (idle == 0 || queue.isEmpty()) {
            return;
        }
        if (idle == workers) {
            startWorker();
        } else {
            watchQueue();
        }
    }

    private void watchQueue() {
        long now = System.nanoTime();
        long latest = latestWatch.get();
        if (now - latest >= PATIENCE_NANOS && latestWatch.compareAndSet(latest, now)) {
            soon.execute(() -> {
                Request oldest = queue.peek();
                if (oldest != null && oldest.hasWaited(PATIENCE_NANOS, System.nanoTime())) {
                    startWorker();
                }
                serveQueue();
            });
        }
    }

    private void startWorker() {
        if (!idleWorkers.tryAcquire()) {
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    work();
                } finally {
                    idleWorkers.release();
                    // A request that was queued just before the release started no worker.
                    serveQueue();
                }
            });
        } catch (Error noThread) {
            idleWorkers.release();
            throw noThread;
        }
    }

    private void work() {
        var batch = new ArrayList<Request>(BATCH_SIZE);
        while (queue.drainTo(batch, BATCH_SIZE) > 0) {
            long start = System.nanoTime();
            if (batch.removeIf(request -> isTimedOut(request, start)) && batch.isEmpty()) {
                continue;
            }
            try {
                var result = select(batch.stream().map(Request::hash).toList());
                batch.forEach(request -> request.result().complete(result.of(request.hash())));
            } catch (Exception | Error failure) {
                long end = System.nanoTime();
                if (end - start > timeoutNanos) {
                    // What no other worker took meanwhile would be answered late.
                    queue.stream()
                            .filter(request -> request.hasWaited(timeoutNanos / 2, end))
                            .filter(queue::remove)
                            .forEach(batch::add);
                }
                batch.forEach(request -> request.result().completeExceptionally(failure));
            }
            backlog.recordServed(batch.size(), queue.size());
            batch.clear();
            // The oldest requests are refused: they would be answered too late, and delay the others.
            queue.drainTo(batch, backlog.excess(queue.size()));
            batch.forEach(Request::refuse);
            batch.clear();
        }
    }

    private boolean isTimedOut(Request request, long now) {
        boolean isTimedOut = request.hasWaited(timeoutNanos, now);
        if (isTimedOut) {
            request.refuse();
        }
        return isTimedOut;
    }

    record Result(Primary answeredBy, Map<SecretHash, IssuedToken> tokens) {

        Found of(SecretHash hash) {
            return new Found(Optional.ofNullable(tokens.get(hash)), answeredBy);
        }
    }

    /** ArC intercepts this method although {@link #work} is in the same class. */
    @Deadline(queues = false)
    Result select(List<SecretHash> hashes) throws SQLException {
        try {
            return selectOnce(hashes);
        } catch (SQLException failure) {
            if (!DatabaseUnavailable.isLoss(failure) || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            // A pooled connection may have been broken, so the query is retried once.
            return selectOnce(hashes);
        }
    }

    private Result selectOnce(List<SecretHash> hashes) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(SQL)) {
            byte[][] keys = hashes.stream().map(SecretHash::bytes).toArray(byte[][]::new);
            statement.setArray(1, connection.createArrayOf("bytea", keys));
            try (var rows = statement.executeQuery()) {
                rows.next();
                var server = Primary.of(rows.getString(1));
                primaries.requireNewest(server);
                return new Result(server, tokens(rows, hashes.size()));
            }
        }
    }

    private static Map<SecretHash, IssuedToken> tokens(ResultSet row, int size) throws SQLException {
        var tokens = HashMap.<SecretHash, IssuedToken>newHashMap(size);
        do {
            byte[] hash = row.getBytes(2);
            if (hash != null) {
                tokens.put(SecretHash.stored(hash), token(row));
            }
        } while (row.next());
        return tokens;
    }

    private static IssuedToken token(ResultSet row) throws SQLException {
        var user = new UserView(
                row.getObject(5, UUID.class),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                instant(row, 10));
        return new IssuedToken(user, row.getString(11), row.getBoolean(3), instant(row, 4));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
