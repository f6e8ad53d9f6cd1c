package io.kriya;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortsTest {

    /** Another test run, that has been given a port. */
    static final class Another {

        private Another() {}

        public static void main(String[] port) throws Exception {
            System.out.println(Ports.reserve(Integer.parseInt(port[0])));
            System.in.read();
        }
    }

    @Test
    void aPortThatAnotherTestRunWasGivenIsNotGivenAgainWhileThatLasts() throws Exception {
        int port = Ports.free();
        int next = port + 1;
        var another = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        "target/test-classes",
                        Another.class.getName(),
                        Integer.toString(next))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var answer = another.inputReader()) {
            assertThat(answer.readLine()).isEqualTo("true");
            assertThat(Ports.free()).isNotEqualTo(next);
            assertThat(Ports.reserve(next)).isFalse();
        } finally {
            another.destroyForcibly().waitFor();
        }
        assertThat(Ports.reserve(next)).isTrue();
    }
}
