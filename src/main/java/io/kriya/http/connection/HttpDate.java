package io.kriya.http.connection;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time as the header {@code Date} has it (RFC 9110, 5.6.7), written once a second. */
final class HttpDate {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private record Second(long number, String text) {}

    private volatile Second last = new Second(-1, "");

    String now() {
        long number = System.currentTimeMillis() / 1000;
        Second known = last;
        if (known.number() != number) {
            var time = Instant.ofEpochSecond(number).atOffset(ZoneOffset.UTC);
            known = new Second(number, FORMAT.format(time));
            last = known;
        }
        return known.text();
    }
}
