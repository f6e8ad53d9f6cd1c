package io.kriya.nativeimage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The native binary's classes are initialised while it is built: what they hold is that of the machine which built it,
 * for ever and for everybody.
 */
class StaticStateTest {

    private static final Path CLASSES = Path.of("target/classes").toAbsolutePath();

    /** Another machine, and another day. */
    private static final List<Machine> MACHINES = List.of(
            new Machine("one", List.of("-Duser.timezone=America/New_York", "-XX:ActiveProcessorCount=1", "-Xmx64m")),
            new Machine(
                    "two",
                    List.of(
                            "-Duser.timezone=Asia/Kolkata",
                            "-Duser.language=hi",
                            "-Duser.country=IN",
                            "-XX:ActiveProcessorCount=2",
                            "-Xmx96m")));

    private record Machine(String name, List<String> options) {

        /** What the classes hold here. */
        List<String> stateOf(List<String> classes) throws IOException, InterruptedException {
            Path home = Files.createTempDirectory("kriya");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Duser.home=" + home);
            command.add("-Djava.io.tmpdir=" + home);
            command.addAll(options);
            command.addAll(List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-cp",
                    classPath()));
            command.add(StaticState.class.getName());
            command.addAll(classes);
            var builder = new ProcessBuilder(command).directory(home.toFile()).redirectError(Redirect.INHERIT);
            builder.environment().clear();
            builder.environment()
                    .putAll(Map.of(
                            "HOME", home.toString(), "USER", name, "HOSTNAME", name, "PORT", "80" + name.length()));
            builder.environment().put("PLANE_API_KEY", name);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as("exit code").isZero();
            Files.delete(home);
            return output.lines().toList();
        }
    }

    private static final class Clean {

        static final List<String> NAMES = List.of("a", "b");
        static final Map<String, Path> PATHS = Map.of("c", Path.of("d"), "e", Path.of("f"));
    }

    private static final class Moment {

        static final Instant STARTED = Instant.now();
    }

    private static final class Chance {

        static final Random RANDOM = new Random();
    }

    private record Held(Object value) {}

    private static final class Salt {

        static final Map<String, Held> HELD = Map.of(
                "salt",
                new Held(new byte[][] {{1}, {(byte) ThreadLocalRandom.current().nextInt()}, salt()}));

        private static byte[] salt() {
            byte[] salt = new byte[8];
            ThreadLocalRandom.current().nextBytes(salt);
            return salt;
        }
    }

    private static final class User {

        static final Held HELD = new Held(List.of(new Held(System.getenv("USER"))));
    }

    private static final class Home {

        static final Held HELD = new Held(Path.of("/opt/kriya"));
    }

    @Test
    void classesHoldNothingOfTheMachineThatInitialisedThem() throws Exception {
        List<String> state = assertHoldNothing(classes());
        assertThat(state).anyMatch(line -> line.startsWith("io.kriya.config.Variable.ALL"));
    }

    @Test
    void whatIsTheSameEverywhereMayBeHeld() throws Exception {
        assertThat(assertHoldNothing(List.of(Clean.class.getName())))
                .contains(Clean.class.getName() + ".NAMES[0] = java.lang.String a");
    }

    @ParameterizedTest
    @ValueSource(classes = {Moment.class, Chance.class, Salt.class, User.class, Home.class})
    void whatIsNotIsFound(Class<?> planted) {
        assertThatThrownBy(() -> assertHoldNothing(List.of(planted.getName())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(planted.getName());
    }

    private static List<String> assertHoldNothing(List<String> classes) throws Exception {
        List<List<String>> states = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<String>>> runs = new ArrayList<>();
            runs.add(() -> MACHINES.getFirst().stateOf(classes));
            // Nobody knows in which order a build initialises them.
            runs.add(() -> MACHINES.getLast().stateOf(classes.reversed()));
            for (var run : threads.invokeAll(runs)) {
                states.add(run.get());
            }
        }
        assertThat(states.getFirst()).filteredOn(line -> line.startsWith("!")).isEmpty();
        assertThat(without(states.getFirst(), states.getLast()))
                .isEqualTo(without(states.getLast(), states.getFirst()))
                .isEmpty();
        return states.getFirst();
    }

    private static List<String> without(List<String> lines, List<String> others) {
        return lines.stream().filter(line -> !others.contains(line)).toList();
    }

    /** Those of the package: the ones of dev mode are left out of it. */
    private static List<String> classes() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.startsWith("io/kriya/dev/"))
                    .map(file -> file.replace(".class", "").replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
