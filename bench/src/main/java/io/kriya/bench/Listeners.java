package io.kriya.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.postgresql.PGConnection;

/** As many replicas as wanted, of which each follows the changes of tokens by two connections, as Kriya's do. */
final class Listeners {

    private static final String HEARTBEAT = "select set_config('synchronous_commit', 'off', true), pg_notify(?, ?)";
    private static final long PERIOD_MILLIS = 200;

    private final List<Double> delays = Collections.synchronizedList(new ArrayList<>());
    private final LongAdder changes = new LongAdder();
    private final String url;
    private final int count;
    private final CountDownLatch listening;

    private Listeners(String url, int count) {
        this.url = url;
        this.count = count;
        listening = new CountDownLatch(count);
    }

    /** Prints a line when all listen, and what they have heard since for each line that it reads. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var listeners = new Listeners(arguments[0], Integer.parseInt(arguments[1]));
        for (int number = 0; number < listeners.count; number++) {
            int own = number;
            Thread.startVirtualThread(() -> listeners.listen(own));
        }
        listeners.listening.await();
        System.out.println("all listen");
        var asked = new BufferedReader(new InputStreamReader(System.in));
        while (asked.readLine() != null) {
            System.out.println(listeners.heard());
        }
    }

    private void listen(int number) {
        String channel = "kriya_beat_" + number;
        try (var sender = DriverManager.getConnection(url);
                var heartbeat = sender.prepareStatement(HEARTBEAT);
                var receiver = DriverManager.getConnection(url);
                var statement = receiver.createStatement()) {
            statement.execute("listen kriya_changes");
            statement.execute("listen " + channel);
            listening.countDown();
            // Spread over the period, as replicas that were started at different times are.
            Thread.sleep(PERIOD_MILLIS * number / count);
            while (true) {
                long sent = System.nanoTime();
                heartbeat.setString(1, channel);
                heartbeat.setString(2, Long.toString(sent));
                heartbeat.execute();
                receive(receiver, channel, sent);
            }
        } catch (SQLException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void receive(Connection receiver, String channel, long start) throws SQLException {
        long left = PERIOD_MILLIS;
        do {
            for (var notification : receiver.unwrap(PGConnection.class).getNotifications((int) Math.max(1, left))) {
                if (notification.getName().equals(channel)) {
                    delays.add((System.nanoTime() - Long.parseLong(notification.getParameter())) / 1e6);
                } else {
                    changes.increment();
                }
            }
            left = PERIOD_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        } while (left > 0);
    }

    /** Median, 99th percentile and maximum of the heartbeats' milliseconds, and the changes that each has heard. */
    private String heard() {
        double[] millis;
        synchronized (delays) {
            millis = delays.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            delays.clear();
        }
        long each = changes.sumThenReset() / count;
        return millis.length == 0
                ? "NaN NaN NaN " + each
                : "%.2f %.2f %.2f %d"
                        .formatted(
                                millis[millis.length / 2],
                                millis[millis.length * 99 / 100],
                                millis[millis.length - 1],
                                each);
    }
}
