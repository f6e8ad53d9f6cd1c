package io.kriya.token;

import io.agroal.api.AgroalDataSource;
import io.kriya.account.UserView;
import io.kriya.database.DatabaseConfig;
import io.kriya.database.Primaries;
import io.kriya.database.Primary;
import io.kriya.database.availability.Backlog;
import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.Deadline;
import io.kriya.security.SecretHash;
import io.kriya.token.cache.IssuedToken;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Looks tokens up. Those that are asked for while statements are on their way wait and share the next one: the busier it is, the
 * less a look-up costs, and alone it waits for nobody.
 */
@Singleton
class TokenLookup {

    /** More in one statement gain nothing any more. */
    private static final int MOST_AT_ONCE = 64;

    /** How many may wait for each that is looked up, whatever the time that it takes. */
    private static final int QUEUE = 2;

    private final BlockingQueue<Question> waiting = new LinkedBlockingQueue<>();
    private final Semaphore askers = new Semaphore(DatabaseConfig.lookUps());
    private final Statement statement;
    // Not Quarkus's, which would lend a statement the request that began it.
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("token-lookup").factory());
    private final Backlog backlog;
    private final long patienceNanos;

    /** What is stored of a token, if anything is, and the server that says so. */
    record Found(Optional<IssuedToken> token, Primary answered) {}

    private record Question(SecretHash hash, long since, CompletableFuture<Found> answer) {}

    TokenLookup(Statement statement, DatabaseConfig config) {
        this.statement = statement;
        backlog = new Backlog(QUEUE * MOST_AT_ONCE * DatabaseConfig.lookUps(), config.timeout());
        patienceNanos = config.timeout().dividedBy(2).toNanos();
    }

    /** Looks for the token of this hash; fails with {@link DatabaseUnavailable}. */
    Uni<Found> find(SecretHash hash) {
        if (backlog.excess(waiting.size() + 1) > 0) {
            return Uni.createFrom().failure(DatabaseUnavailable.busy());
        }
        var question = new Question(hash, System.nanoTime(), new CompletableFuture<>());
        waiting.add(question);
        ask();
        return Uni.createFrom().completionStage(question.answer());
    }

    private void ask() {
        if (!waiting.isEmpty() && askers.tryAcquire()) {
            threads.execute(() -> {
                try {
                    askAll();
                } finally {
                    askers.release();
                }
                // What came between the last look and the release found no asker.
                ask();
            });
        }
    }

    private void askAll() {
        var questions = new ArrayList<Question>(MOST_AT_ONCE);
        while (waiting.drainTo(questions, MOST_AT_ONCE) > 0) {
            long start = System.nanoTime();
            if (questions.removeIf(question -> isRefused(question, start)) && questions.isEmpty()) {
                continue;
            }
            try {
                var answer =
                        statement.run(questions.stream().map(Question::hash).toList());
                questions.forEach(question -> question.answer().complete(answer.of(question.hash())));
            } catch (RuntimeException | Error failure) {
                if (System.nanoTime() - start > patienceNanos) {
                    // Who waited so long for this one would be answered too late by the next.
                    waiting.drainTo(questions);
                }
                questions.forEach(question -> question.answer().completeExceptionally(failure));
            }
            backlog.served(questions.size(), waiting.size());
            questions.clear();
            refuse(backlog.excess(waiting.size()));
        }
    }

    /** Who has waited for too long would be answered too late, and the others later still. */
    private boolean isRefused(Question question, long now) {
        return now - question.since() > patienceNanos
                && question.answer().completeExceptionally(DatabaseUnavailable.busy());
    }

    /** Those who have waited longest would be answered too late, and the others later still. */
    private void refuse(int excess) {
        var refused = new ArrayList<Question>();
        waiting.drainTo(refused, excess);
        refused.forEach(question -> question.answer().completeExceptionally(DatabaseUnavailable.busy()));
    }

    private record Answer(Primary answered, Map<SecretHash, IssuedToken> tokens) {

        Found of(SecretHash hash) {
            return new Found(Optional.ofNullable(tokens.get(hash)), answered);
        }
    }

    /**
     * The tokens of many hashes together with their people, in one statement that needs no transaction. Its first column
     * tells who answers, also where there is no token.
     */
    @ApplicationScoped
    static class Statement {

        private static final String SQL = """
                select (select %s), t.token_hash, t.is_active, t.expires_at, \
                u.id, u.phone_number, u.first_name, u.last_name, u.email, u.created_at, u.verified_email \
                from (select) one left join (tokens t join users u on u.id = t.user_id) \
                on t.token_hash = any (?)""".formatted(Primary.SQL);

        private final AgroalDataSource database;
        private final Primaries primaries;

        Statement(AgroalDataSource database, Primaries primaries) {
            this.database = database;
            this.primaries = primaries;
        }

        @Deadline(queues = false)
        Answer run(List<SecretHash> hashes) {
            try {
                return ask(hashes);
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }

        /** A connection may have died in the pool; to ask once more changes nothing. */
        private Answer ask(List<SecretHash> hashes) throws SQLException {
            try {
                return askOnce(hashes);
            } catch (SQLException failure) {
                if (!DatabaseUnavailable.isLoss(failure)) {
                    throw failure;
                }
                return askOnce(hashes);
            }
        }

        private Answer askOnce(List<SecretHash> hashes) throws SQLException {
            try (var connection = database.getConnection();
                    var statement = connection.prepareStatement(SQL)) {
                byte[][] keys = hashes.stream().map(SecretHash::bytes).toArray(byte[][]::new);
                statement.setArray(1, connection.createArrayOf("bytea", keys));
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    var answered = Primary.of(rows.getString(1));
                    primaries.requireNewest(answered);
                    return new Answer(answered, tokens(rows, hashes.size()));
                }
            }
        }

        private static Map<SecretHash, IssuedToken> tokens(ResultSet row, int most) throws SQLException {
            var tokens = HashMap.<SecretHash, IssuedToken>newHashMap(most);
            do {
                byte[] hash = row.getBytes(2);
                if (hash != null) {
                    tokens.put(SecretHash.stored(hash), token(row));
                }
            } while (row.next());
            return tokens;
        }

        private static IssuedToken token(ResultSet row) throws SQLException {
            var person = UserView.of(
                    row.getObject(5, UUID.class),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    row.getString(9),
                    instant(row, 10));
            return new IssuedToken(person, row.getString(11), row.getBoolean(3), instant(row, 4));
        }

        private static Instant instant(ResultSet row, int column) throws SQLException {
            return row.getObject(column, OffsetDateTime.class).toInstant();
        }
    }
}
