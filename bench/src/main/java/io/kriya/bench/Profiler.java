package io.kriya.bench;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Sees where a process spends its processor time, or allocates. */
final class Profiler {

    /** What is counted: processor time by timers, without kernel frames; and bytes. */
    static final String PROCESSOR = "event=ctimer,interval=500us";

    static final String ALLOCATION = "event=alloc,alloc=64k,total";

    private static final int FREQUENCY = 1500;

    /** A frame of perf's: an address, a symbol of the binary that ends with a hash, the offset in it, and the file. */
    private static final Pattern FRAME =
            Pattern.compile("\\s+[0-9a-f]+ (.*?)(_[0-9A-Za-z]{22})?(\\+0x[0-9a-f]+)? \\(.*");

    private Profiler() {}

    /** Of a JVM, by async-profiler, while something runs. */
    static Stacks ofJvm(Service service, String event, Path folder, Runnable load) throws Exception {
        Path library = library(folder);
        Path collapsed = folder.resolve("stacks.txt");
        var jvm = VirtualMachine.attach(Long.toString(service.process().pid()));
        try {
            jvm.loadAgentPath(library.toString(), "start," + event);
            load.run();
            jvm.loadAgentPath(library.toString(), "stop,collapsed,total,file=" + collapsed);
        } finally {
            jvm.detach();
        }
        try (var lines = Files.lines(collapsed)) {
            return Stacks.parse(lines);
        }
    }

    private static Path library(Path folder) throws IOException {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
        String name = "/linux-" + architecture + "/libasyncProfiler.so";
        Path library = folder.resolve("libasyncProfiler.so");
        try (var resource = Profiler.class.getResourceAsStream(name)) {
            Files.copy(resource, library, StandardCopyOption.REPLACE_EXISTING);
        }
        return library;
    }

    /** Of a native binary that has symbols and frame pointers, by Linux's perf. The load lasts as long. */
    static Stacks ofNative(Service service, Duration duration, Path folder, Runnable load) throws Exception {
        Path recording = folder.resolve("perf.data");
        Process perf = new ProcessBuilder(
                        "perf",
                        "record",
                        "--quiet",
                        "--output=" + recording,
                        "--freq=" + FREQUENCY,
                        "-g",
                        "--pid=" + service.process().pid(),
                        "sleep",
                        Long.toString(duration.toSeconds()))
                .inheritIO()
                .start();
        load.run();
        perf.waitFor();
        Process script = new ProcessBuilder("perf", "script", "--input=" + recording)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = script.inputReader().lines()) {
            return Stacks.parse(collapse(lines));
        }
    }

    /** One line for each sample: perf gives a head, its frames from the innermost on, and an empty line. */
    private static Stream<String> collapse(Stream<String> lines) {
        List<String> collapsed = new ArrayList<>();
        Deque<String> frames = new ArrayDeque<>();
        lines.forEach(line -> {
            var frame = FRAME.matcher(line);
            if (frame.matches()) {
                frames.addFirst(frame.group(1));
            } else if (line.isEmpty() && !frames.isEmpty()) {
                collapsed.add(String.join(";", frames) + " 1");
                frames.clear();
            }
        });
        return collapsed.stream();
    }
}
