package io.kriya.bench;

/** Their names in the results. */
final class Contestants {

    static final String VERTX = "floor: bare Vert.x";
    static final String REST = "floor: bare Quarkus REST";
    static final String VERTX_GET = "floor: bare Vert.x, GET";
    static final String VERTX_OPEN = "floor: bare Vert.x, open loop: 50 %";
    static final String NGINX = "floor: nginx, a constant";
    static final String HEALTH = "health";
    static final String INTROSPECT = "introspect: hot set";
    static final String PGBENCH_BATCH = "pgbench: look-ups, 64 a statement";
    static final String UNKNOWN = "validate: unknown";
    static final String MALFORMED = "validate: malformed";
    static final String WRONG_KEY = "validate: wrong key";
    static final String PGBENCH_KNOWN = "pgbench: register, known";
    static final String PGBENCH_NEW = "pgbench: register, new";
    static final String KNOWN = "register: known number";
    static final String NEW = "register: new number";
    static final String VERIFY = "verify: known number";
    static final String LOGOUT = "logout";
    static final String QUIET = "open loop: 50 %, expired rows rest";
    static final String CLEANING = "open loop: 50 %, expired rows are deleted";
    static final String SOAK = "open loop: 75 %, for long";

    private Contestants() {}

    static String pgbench(int size) {
        return "pgbench: look-up, %,d tokens".formatted(size);
    }

    static String notSeen(int size, int connections) {
        return "validate: not seen, %,d tokens, %d connection%s"
                .formatted(size, connections, connections == 1 ? "" : "s");
    }

    static String hot(int size) {
        return "validate: hot set of %,d tokens".formatted(size);
    }

    static String cacheMiss(int size) {
        return "validate: not seen, %,d tokens, with a cache".formatted(size);
    }

    /** The same by the native binary. */
    static String byNative(String contestant) {
        return "native: " + contestant;
    }

    static String open(int percent) {
        return "open loop: %d %%".formatted(percent);
    }
}
