package io.kriya;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The classes of a start as a JVM wants them, made once a test run: each of the many starts has a third less to do. */
final class ClassArchive {

    private static List<String> options;

    private ClassArchive() {}

    /** What a JVM is told to start with them. */
    static synchronized List<String> options() {
        if (options == null) {
            // For the process that makes it.
            options = List.of();
            options = make();
        }
        return options;
    }

    private static List<String> make() {
        try {
            Path archive = Files.createTempFile("kriya", ".jsa");
            archive.toFile().deleteOnExit();
            try (var kriya = KriyaProcess.start(
                    KriyaProcess.environment(TestPostgres.database()), "-XX:ArchiveClassesAtExit=" + archive)) {
                kriya.validate(KriyaProcess.tokenOf(kriya.register(Api.number())));
                kriya.isReady();
                kriya.metrics();
                kriya.terminate();
                kriya.awaitExit();
            }
            // Else each process that is traced would say that the archive was made without an agent.
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:aot=off");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
