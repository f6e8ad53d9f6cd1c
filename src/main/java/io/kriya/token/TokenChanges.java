package io.kriya.token;

import io.agroal.api.AgroalDataSource;
import io.kriya.database.DatabaseUrl;
import io.kriya.database.PlainDataSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
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
 * Has the memory forget what changed in the database, by whomever, as PostgreSQL's NOTIFY tells it. A beat of its own, sent
 * several times a second over another connection, shows that what was changed before it has arrived; without, nothing is answered
 * from memory.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">NOTIFY: order and delivery</a>
 */
@ApplicationScoped
class TokenChanges {

    private static final Logger LOG = Logger.getLogger(TokenChanges.class);

    private static final String CHANGES = "kriya_changes";
    private static final Duration BETWEEN_BEATS = TokenMemory.FRESH.dividedBy(5);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** A connection over which no beat arrived for so long is given up. */
    private static final Duration LOST = Duration.ofSeconds(5);

    private static final int SOCKET_TIMEOUT_SECONDS = 2;

    /** Each replica has a channel for its beats, and is not woken by those of others. */
    private final String beats = "kriya_beat_" + UUID.randomUUID().toString().replace("-", "");

    private final TokenMemory memory;
    private final boolean isOn;
    private final PlainDataSource source;
    private final PlainDataSource listenSource;
    private final Counter bypassed;

    private long lastBeat;
    private boolean isTold;
    private Thread thread;

    TokenChanges(AgroalDataSource pool, TokenConfig config, TokenMemory memory, MeterRegistry meters) {
        this.memory = memory;
        isOn = config.cacheSize() > 0;
        source = bounded(PlainDataSource.of(pool));
        listenSource = config.listenUrl()
                .map(url -> bounded(PlainDataSource.of(DatabaseUrl.parse(url))))
                .orElse(source);
        bypassed = Counter.builder("kriya.token.cache.bypassed")
                .description("Time in which nothing was answered from memory, as changes might not have arrived.")
                .baseUnit("seconds")
                .register(meters);
    }

    private static PlainDataSource bounded(PlainDataSource source) {
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setConnectTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setLoginTimeout(SOCKET_TIMEOUT_SECONDS);
        return source;
    }

    void start(@Observes StartupEvent started) {
        if (isOn) {
            // An interruption closes the socket that a virtual thread waits on.
            thread = Thread.ofVirtual().name("token-changes").start(this::run);
        }
    }

    @PreDestroy
    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run() {
        long start = System.nanoTime();
        while (!Thread.currentThread().isInterrupted()) {
            try (Connection sender = source.getConnection();
                    Statement sending = sender.createStatement();
                    Connection receiver = listenSource.getConnection()) {
                listen(receiver);
                start = follow(sending, receiver.unwrap(PGConnection.class), start);
            } catch (SQLException lost) {
                LOG.debugf("Changes of tokens do not arrive: %s", lost.getMessage());
            } catch (RuntimeException | Error fault) {
                LOG.error("Changes of tokens could not be followed", fault);
            } finally {
                memory.listens(false);
            }
            pause();
            start = count(start);
        }
    }

    private void listen(Connection receiver) throws SQLException {
        try (Statement statement = receiver.createStatement()) {
            statement.execute("listen " + CHANGES);
            statement.execute("listen " + beats);
        }
        // Whatever happened while nobody listened.
        memory.forgetAll();
        lastBeat = System.nanoTime();
    }

    private long follow(Statement sending, PGConnection receiver, long counted) throws SQLException {
        long start = counted;
        while (System.nanoTime() - lastBeat < LOST.toNanos()) {
            long sent = System.nanoTime();
            sending.execute("notify " + beats + ", '" + sent + "'");
            long next = sent + BETWEEN_BEATS.toNanos();
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                receive(receiver.getNotifications((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left))));
            }
            start = count(start);
        }
        tellOnce();
        return start;
    }

    private void receive(PGNotification[] notifications) {
        if (notifications == null) {
            return;
        }
        for (PGNotification notification : notifications) {
            if (notification.getName().equals(beats)) {
                lastBeat = Long.parseLong(notification.getParameter());
                memory.isCurrentAsOf(lastBeat);
                memory.listens(true);
            } else {
                change(notification.getParameter());
            }
        }
    }

    private void change(String what) {
        try {
            switch (what.charAt(0)) {
                case 't' -> memory.forget(TokenHash.stored(HexFormat.of().parseHex(what.substring(1))));
                case 'u' -> memory.forget(UUID.fromString(what.substring(1)));
                default -> memory.forgetAll();
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException strange) {
            // Somebody else's word; to forget is never wrong.
            memory.forgetAll();
        }
    }

    private void tellOnce() {
        if (!isTold) {
            isTold = true;
            LOG.warn(
                    "The database's notifications do not arrive, so tokens are not kept in memory. A pooler in transaction mode"
                            + " does not pass them on: set DATABASE_LISTEN_URL to the database itself, or TOKEN_CACHE_SIZE=0");
        }
    }

    private long count(long since) {
        long now = System.nanoTime();
        if (!memory.isFresh()) {
            bypassed.increment((now - since) / 1e9);
        }
        return now;
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
