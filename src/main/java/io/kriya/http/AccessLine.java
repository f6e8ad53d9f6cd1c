package io.kriya.http;

import java.util.HashMap;
import java.util.Map;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;

/** A line of the access log. */
final class AccessLine extends ExtLogRecord {

    /** The name of its logger. */
    static final String LOGGER = "io.kriya.access";

    private static final long serialVersionUID = 1;

    private static final String REQUEST_ID = "request_id";

    private final String requestId;
    private final boolean isPlain;

    /**
     * @param message what happened
     * @param requestId of the request
     * @param trace what else is in the MDC: the ids of a trace, if there is one
     */
    AccessLine(String message, String requestId, Map<String, Object> trace) {
        super(Level.INFO, message, FormatStyle.NO_FORMAT, AccessLine.class.getName());
        this.requestId = requestId;
        isPlain = trace.isEmpty() && isPlain(message) && !Thread.currentThread().isVirtual();
        setLoggerName(LOGGER);
        if (trace.isEmpty()) {
            setMdc(Map.of(REQUEST_ID, requestId));
        } else {
            var all = new HashMap<>(trace);
            all.put(REQUEST_ID, requestId);
            setMdc(all);
        }
    }

    String requestId() {
        return requestId;
    }

    /** Whether it is made of what no format escapes, and differs from others in message and request id only. */
    boolean isPlain() {
        return isPlain;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
