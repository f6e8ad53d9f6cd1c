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
 * Has the memory forget what changed in the database, by whomever, as PostgreSQL's NOTIFY tells it. A beat of its own, sent
 * several times a second over another connection, shows that what was changed before it has arrived; without, nothing is answered
 * from memory.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-notify.html">NOTIFY: order and delivery</a>
 */
@ApplicationScoped
class TokenChangeListener {

    private static final Logger LOG = Logger.getLogger(TokenChangeListener.class);

    private static final String CHANGES = "kriya_changes";

    /** A beat that a crash loses has told nobody anything: its commit need not wait for the disk. */
    private static final String BEAT = "select set_config('synchronous_commit', 'off', true), pg_notify(?, ?)";

    private static final Duration BETWEEN_BEATS = TokenCache.FRESH.dividedBy(5);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** Where no beat has ever arrived, the set-up has to change first. */
    private static final Duration BETWEEN_VAIN_TRIES = Duration.ofMinutes(1);

    private static final int VAIN_TRIES = 3;

    /** A connection over which no beat arrived for so long is given up. */
    private static final Duration LOST = Duration.ofSeconds(5);

    private static final Duration WORTH_TELLING = LOST.multipliedBy(2);

    private static final int SOCKET_TIMEOUT_SECONDS = 2;

    /** Each replica has a channel for its beats, and is not woken by those of others. */
    private final String beats = "kriya_beat_" + UUID.randomUUID().toString().replace("-", "");

    private final TokenCache memory;
    private final Primaries primaries;
    private final Outage outage;
    private final boolean isOn;
    private final UnpooledDataSource source;
    private final UnpooledDataSource listenSource;
    private final Counter bypassed;

    private Thread thread;
    private Primary primary;
    private int vainTries;
    private boolean hasHeard;
    private long lastBeat;
    private long heard;
    private long counted;
    private boolean isTold;

    TokenChangeListener(
            AgroalDataSource pool,
            TokenConfig config,
            TokenCache memory,
            Primaries primaries,
            Outage outage,
            MeterRegistry meters) {
        this.memory = memory;
        this.primaries = primaries;
        this.outage = outage;
        isOn = config.cacheSize() > 0;
        source = bounded(UnpooledDataSource.of(pool));
        listenSource = config.listenUrl()
                .map(url -> bounded(UnpooledDataSource.of(DatabaseUrl.parse(url))))
                .orElse(source);
        bypassed = Counter.builder("kriya.token.cache.bypassed")
                .description("Time in which changes might not have arrived, and memory was not trusted.")
                .baseUnit("seconds")
                .register(meters);
    }

    private static UnpooledDataSource bounded(UnpooledDataSource source) {
        source.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setConnectTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setLoginTimeout(SOCKET_TIMEOUT_SECONDS);
        source.setTcpKeepAlive(true);
        return source;
    }

    void start(@Observes StartupEvent started) {
        if (isOn) {
            // An interruption closes the socket that a virtual thread waits on.
            thread = Thread.ofVirtual().name("token-changes").start(this::run);
        }
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join(BETWEEN_TRIES);
        }
    }

    private void run() {
        heard = System.nanoTime();
        counted = heard;
        while (!Thread.currentThread().isInterrupted()) {
            String reason = "notifications do not arrive";
            try (Connection sender = source.getConnection();
                    PreparedStatement beat = sender.prepareStatement(BEAT);
                    Connection receiver = listenSource.getConnection()) {
                primaries.admit(sender);
                primary = primaries.admit(receiver);
                listen(receiver);
                follow(beat, receiver.unwrap(PGConnection.class));
            } catch (SQLException lost) {
                reason = Outage.reason(lost);
            } catch (RuntimeException | Error fault) {
                LOG.error("Changes of tokens could not be followed", fault);
            } finally {
                memory.follow(null);
            }
            pause(hasHeard || ++vainTries < VAIN_TRIES ? BETWEEN_TRIES : BETWEEN_VAIN_TRIES);
            count();
            tell(reason);
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

    private void follow(PreparedStatement beat, PGConnection receiver) throws SQLException {
        while (System.nanoTime() - lastBeat < LOST.toNanos()) {
            long sent = System.nanoTime();
            beat.setString(1, beats);
            beat.setString(2, Long.toString(sent));
            beat.execute();
            long left = BETWEEN_BEATS.toNanos();
            // At least once, however long the sending took.
            do {
                receive(receiver.getNotifications((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left))));
                left = sent + BETWEEN_BEATS.toNanos() - System.nanoTime();
            } while (left > 0);
            count();
        }
    }

    private void receive(PGNotification[] notifications) {
        if (notifications == null) {
            return;
        }
        for (PGNotification notification : notifications) {
            if (notification.getName().equals(beats)) {
                lastBeat = Long.parseLong(notification.getParameter());
                heard = System.nanoTime();
                memory.isCurrentAsOf(lastBeat);
                // A beat that arrives was sent over this server.
                memory.follow(primary);
                hasHeard = true;
                isTold = false;
            } else {
                change(notification.getParameter());
            }
        }
    }

    private void change(String what) {
        try {
            switch (what.charAt(0)) {
                case 't' -> memory.forget(SecretHash.stored(HexFormat.of().parseHex(what.substring(1))));
                case 'u' -> memory.forget(UUID.fromString(what.substring(1)));
                default -> memory.forgetAll();
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException strange) {
            // Somebody else's word; to forget is never wrong.
            memory.forgetAll();
        }
    }

    /** An outage is told by others; what is worth telling is a silence that goes on after it. */
    private void tell(String reason) {
        if (outage.isLasting()) {
            heard = System.nanoTime();
        } else if (!isTold && System.nanoTime() - heard > WORTH_TELLING.toNanos()) {
            isTold = true;
            LOG.warnf(
                    "Changes of tokens can't be followed, so tokens are not answered from memory: %s. A pooler in transaction mode"
                            + " does not pass notifications on; set DATABASE_LISTEN_URL to the database itself, or"
                            + " TOKEN_CACHE_SIZE=0",
                    reason);
        }
    }

    private void count() {
        long now = System.nanoTime();
        if (!memory.isFresh()) {
            bypassed.increment((now - counted) / 1e9);
        }
        counted = now;
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
