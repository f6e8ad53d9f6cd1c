package io.kriya.dev;

import java.nio.file.Path;

/** Where the server's programs are unpacked. */
public final class PostgresBinaries {

    private PostgresBinaries() {}

    /** A folder of this user's own: what root unpacked, others may not use. */
    public static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"), "kriya-postgres-" + System.getProperty("user.name"));
    }
}
