package io.kriya.http;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.Map;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Formats the lines of the access log. Those that one thread logs within a millisecond differ in message and request id
 * only, so the formatter that the settings choose makes the first of them, and the others are made from that.
 */
final class AccessFormatter extends ExtFormatter {

    private static final String MESSAGE = "message-of-the-access-log";
    private static final String REQUEST_ID = "request-id-of-the-access-log";

    private final ExtFormatter chosen;
    private final FastThreadLocal<Template> latest = new FastThreadLocal<>();

    /** The text around message and request id; null where the format does not have both, once each, in this order. */
    private record Template(long millis, String[] parts) {}

    AccessFormatter(ExtFormatter chosen) {
        this.chosen = chosen;
    }

    @Override
    public String format(ExtLogRecord record) {
        if (record instanceof AccessLine line && line.isPlain()) {
            String[] parts = parts(line);
            if (parts != null) {
                return parts[0] + line.getMessage() + parts[1] + line.requestId() + parts[2];
            }
        }
        return chosen.format(record);
    }

    @Override
    public boolean isCallerCalculationRequired() {
        return chosen.isCallerCalculationRequired();
    }

    private String[] parts(AccessLine line) {
        Template template = latest.get();
        if (template == null || template.millis() != line.getMillis()) {
            var sample = new AccessLine(MESSAGE, REQUEST_ID, Map.of());
            sample.setInstant(line.getInstant());
            template = new Template(line.getMillis(), split(chosen.format(sample)));
            latest.set(template);
        }
        return template.parts();
    }

    private static String[] split(String text) {
        int message = text.indexOf(MESSAGE);
        int id = text.indexOf(REQUEST_ID);
        if (message < 0 || id < message || message != text.lastIndexOf(MESSAGE) || id != text.lastIndexOf(REQUEST_ID)) {
            return null;
        }
        return new String[] {
            text.substring(0, message),
            text.substring(message + MESSAGE.length(), id),
            text.substring(id + REQUEST_ID.length())
        };
    }
}
