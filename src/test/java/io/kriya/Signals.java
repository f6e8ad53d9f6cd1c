package io.kriya;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Signals to the processes of a PostgreSQL server, to freeze it and to let it go on. */
public final class Signals {

    private Signals() {}

    /** The server's own process and those that it made for its connections. */
    public static List<Long> processesOf(Path data) throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        var all = new ArrayList<>(List.of(postmaster));
        ProcessHandle.of(postmaster).orElseThrow().descendants().forEach(child -> all.add(child.pid()));
        return all;
    }

    /** @param signal as kill takes it, with its dash */
    public static void send(String signal, List<Long> processes) throws IOException, InterruptedException {
        for (long process : processes) {
            new ProcessBuilder("kill", signal, Long.toString(process)).start().waitFor();
        }
    }
}
