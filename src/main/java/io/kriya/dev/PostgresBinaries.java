package io.kriya.dev;

import java.nio.file.Path;

/** The folder that the server's programs are unpacked to. */
public final class PostgresBinaries {

    private PostgresBinaries() {}

    /** One folder a user, as others may not use what root unpacked. */
    public static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"), "kriya-postgres-" + System.getProperty("user.name"));
    }
}
