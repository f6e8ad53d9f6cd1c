package io.kriya.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.agroal.api.AgroalDataSource;
import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.Deadline;
import io.kriya.security.SecretHash;
import io.kriya.token.cache.TokenConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Records the hour in which a token was last used, in batches, so that a validation never waits for it. A use may be
 * lost: if too many tokens are used within a minute, if the database is lost, or at the end of the process.
 */
@ApplicationScoped
class TokenUses {

    private static final Logger LOG = Logger.getLogger(TokenUses.class);

    private static final int MAX_PENDING = 10_000;
    private static final int BATCH_SIZE = 500;

    /** Rows that another replica updates are skipped, as it writes the same. */
    private static final String SQL = """
            update tokens set last_used_at = ? where id in (
                select id from tokens where token_hash = any (?) and (last_used_at is null or last_used_at < ?)
                for update skip locked)""";

    private final AgroalDataSource database;
    private final Clock clock;
    private final Cache<SecretHash, Instant> recorded;
    private final Set<SecretHash> pending = ConcurrentHashMap.newKeySet();

    TokenUses(AgroalDataSource database, TokenConfig config, Clock clock) {
        this.database = database;
        this.clock = clock;
        recorded = Caffeine.newBuilder().maximumSize(config.cacheSize()).build();
    }

    void record(SecretHash hash) {
        Instant hour = hour();
        if (!hour.equals(recorded.getIfPresent(hash)) && pending.size() < MAX_PENDING) {
            recorded.put(hash, hour);
            pending.add(hash);
        }
    }

    @RunOnVirtualThread
    @Scheduled(
            identity = "token-uses",
            every = "${kriya.token.uses-seconds:60}s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void write() {
        try {
            while (!pending.isEmpty()) {
                List<SecretHash> batch = pending.stream().limit(BATCH_SIZE).toList();
                batch.forEach(pending::remove);
                write(batch, hour());
            }
        } catch (DatabaseUnavailable | SQLException failure) {
            LOG.debug("Uses of tokens were not recorded", failure);
        }
    }

    /** ArC intercepts this method although it is called within this class. */
    @Deadline
    void write(List<SecretHash> hashes, Instant hour) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(SQL)) {
            byte[][] keys = hashes.stream().map(SecretHash::bytes).toArray(byte[][]::new);
            statement.setObject(1, hour.atOffset(ZoneOffset.UTC));
            statement.setArray(2, connection.createArrayOf("bytea", keys));
            statement.setObject(3, hour.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    private Instant hour() {
        return clock.instant().truncatedTo(ChronoUnit.HOURS);
    }
}
