package io.kriya.token.cache;

import io.agroal.api.AgroalDataSource;
import io.kriya.database.DatabaseUrl;
import io.kriya.database.Primaries;
import io.kriya.database.Primary;
import io.kriya.database.UnpooledDataSource;
import io.kriya.database.availability.Outage;
import io.kriya.security.SecretHash;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens for changes in the database and invalidates the cache; sends the heartbeats.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">NOTIFY: order and delivery</a>
 */
@ApplicationScoped
class TokenChangeListener {

    private static final Logger LOG = Logger.getLogger(TokenChangeListener.class);

    private static final String CHANGES = "kriya_changes";

    /** A heartbeat may be lost in a crash, so its commit does not wait for the disk. */
    private static final String HEARTBEAT = "select set_config('synchronous_commit', 'off', true), pg_notify(?, ?)";

    private static final Duration HEARTBEAT_PERIOD = TokenCache.FRESH.dividedBy(5);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    /** The delay if no heartbeat has ever arrived: the configuration has to be changed first. */
    private static final Duration LONG_RETRY_DELAY = Duration.ofMinutes(1);

    private static final int VAIN_TRIES = 3;

    /** The connection is replaced when no heartbeat has arrived over it for this long. */
    private static final Duration LOST = Duration.ofSeconds(5);

    private static final Duration WARN_AFTER = LOST.multipliedBy(2);

    private static final int SOCKET_TIMEOUT_SECONDS = 2;

    /** Each replica has its own channel, so that heartbeats of others do not wake it. */
    private final String heartbeats =
            "kriya_beat_" + UUID.randomUUID().toString().replace("-", "");

    private final TokenCache cache;
    private final Primaries primaries;
    private final Outage outage;
    private final boolean isOn;
    private final UnpooledDataSource source;
    private final UnpooledDataSource listenSource;
    private final Counter bypassed;

    private Thread thread;
    private Primary primary;
    private int vainTries;
    private boolean isProven;
    private long lastSent;
    private long lastReceived;
    private long lastCounted;
    private boolean isWarned;

    TokenChangeListener(
            AgroalDataSource pool,
            TokenConfig config,
            TokenCache cache,
            Primaries primaries,
            Outage outage,
            MeterRegistry meters) {
        this.cache = cache;
        this.primaries = primaries;
        this.outage = outage;
        isOn = config.cacheSize() > 0;
        source = withTimeouts(UnpooledDataSource.of(pool));
        listenSource = config.listenUrl()
                .map(url -> withTimeouts(UnpooledDataSource.of(DatabaseUrl.parse(url))))
                .orElse(source);
        bypassed = Counter.builder("kriya.token.cache.bypassed")
                .description("Time in which the cache was bypassed, because changes might not have arrived.")
                .baseUnit("seconds")
                .register(meters);
    }

    private static UnpooledDataSource withTimeouts(UnpooledDataSource source) {
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setConnectTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setLoginTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setTcpKeepAlive(true);
        return source;
    }

    void start(@Observes StartupEvent started) {
        if (isOn) {
            // Interrupting a virtual thread closes the socket that it reads from.
            thread = Thread.ofVirtual().name("token-changes").start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join(RETRY_DELAY);
        }
    }

    private void run() {
        lastReceived = System.nanoTime();
        lastCounted = lastReceived;
        while (!Thread.currentThread().isInterrupted()) {
            String reason = "notifications do not arrive";
            try (Connection sender = source.getConnection();
                    PreparedStatement heartbeat = sender.prepareStatement(HEARTBEAT);
                    Connection receiver = listenSource.getConnection()) {
                primaries.admit(sender);
                primary = primaries.admit(receiver);
                listen(receiver);
                receiveUntilLost(heartbeat, receiver.unwrap(PGConnection.class));
            } catch (SQLException lost) {
                reason = Outage.reason(lost);
            } catch (RuntimeException | Error fault) {
                LOG.error("The listener for token changes failed", fault);
            } finally {
                cache.setListening(null);
            }
            pause(isProven || ++vainTries < VAIN_TRIES ? RETRY_DELAY : LONG_RETRY_DELAY);
            countBypassed();
            warn(reason);
        }
    }

    private void listen(Connection receiver) throws SQLException {
        try (Statement statement = receiver.createStatement()) {
            statement.execute("listen " + CHANGES);
            statement.execute("listen " + heartbeats);
        }
        // Changes may have been missed until now.
        cache.invalidateAll();
        lastSent = System.nanoTime();
    }

    private void receiveUntilLost(PreparedStatement heartbeat, PGConnection receiver) throws SQLException {
        while (System.nanoTime() - lastSent < LOST.toNanos()) {
            long now = System.nanoTime();
            heartbeat.setString(1, heartbeats);
            heartbeat.setString(2, Long.toString(now));
            heartbeat.execute();
            long remaining = HEARTBEAT_PERIOD.toNanos();
            // At least once, however long the sending took.
            do {
                receive(receiver.getNotifications((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(remaining))));
                remaining = now + HEARTBEAT_PERIOD.toNanos() - System.nanoTime();
            } while (remaining > 0);
            countBypassed();
        }
    }

    private void receive(PGNotification[] notifications) {
        if (notifications == null) {
            return;
        }
        for (PGNotification notification : notifications) {
            if (notification.getName().equals(heartbeats)) {
                lastSent = Long.parseLong(notification.getParameter());
                lastReceived = System.nanoTime();
                cache.heartbeatReceived(lastSent);
                cache.setListening(primary);
                isProven = true;
                isWarned = false;
            } else {
                invalidate(notification.getParameter());
            }
        }
    }

    private void invalidate(String change) {
        try {
            switch (change.charAt(0)) {
                case 't' -> cache.invalidate(SecretHash.stored(HexFormat.of().parseHex(change.substring(1))));
                case 'u' -> cache.invalidateUser(UUID.fromString(change.substring(1)));
                default -> cache.invalidateAll();
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            // Any database client may notify the channel, and invalidating is always safe.
            cache.invalidateAll();
        }
    }

    /** Warns once if no heartbeats arrive although there is no outage, which has a log line of its own. */
    private void warn(String reason) {
        if (outage.isLasting()) {
            lastReceived = System.nanoTime();
        } else if (!isWarned && System.nanoTime() - lastReceived > WARN_AFTER.toNanos()) {
            isWarned = true;
            LOG.warnf(
                    "The token cache is bypassed, as changes of tokens can't be followed: %s. A pooler in transaction"
                            + " mode does not pass notifications on; set DATABASE_LISTEN_URL to the database itself, or"
                            + " TOKEN_CACHE_SIZE=0",
                    reason);
        }
    }

    private void countBypassed() {
        long now = System.nanoTime();
        if (!cache.isFresh()) {
            bypassed.increment((now - lastCounted) / 1e9);
        }
        lastCounted = now;
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
