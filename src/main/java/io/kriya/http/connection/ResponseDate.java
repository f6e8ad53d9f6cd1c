package io.kriya.http.connection;

import io.netty.handler.codec.DateFormatter;
import java.util.Date;
import java.util.concurrent.TimeUnit;

/** The value of {@code Date} (RFC 9110, 6.6.1), which is made once a second. */
final class ResponseDate {

    private static volatile Value latest = new Value(-1, "");

    private record Value(long second, String text) {}

    private ResponseDate() {}

    static String now() {
        long millis = System.currentTimeMillis();
        long second = TimeUnit.MILLISECONDS.toSeconds(millis);
        Value value = latest;
        if (value.second() != second) {
            value = new Value(second, DateFormatter.format(new Date(millis)));
            latest = value;
        }
        return value.text();
    }
}
