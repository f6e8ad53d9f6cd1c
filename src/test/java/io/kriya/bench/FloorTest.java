package io.kriya.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorTest {

    /** Only bench/load builds it, which no check runs. */
    @Test
    void theBaselineOfTheBenchmarkCompiles(@TempDir Path classes) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var out = new StringWriter();
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            var task = compiler.getTask(
                    out,
                    files,
                    null,
                    List.of("-proc:none", "-cp", classPath, "-d", classes.toString()),
                    null,
                    files.getJavaFileObjects(Path.of("bench/floor/FloorResource.java")));
            assertThat(task.call()).as(out.toString()).isTrue();
        }
    }
}
