package io.kriya.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be told of the images, of compose and of the workflow without running them. */
class ImageFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm"})
    void everyBaseImageIsAnArgumentWithAPinnedDefault(String image) throws IOException {
        var instructions = instructions(image);
        assertThat(arguments(instructions, "FROM")).isNotEmpty().allSatisfy(from -> {
            String name = from.split(" ")[0].replaceAll("[${}]", "");
            assertThat(arguments(instructions, "ARG"))
                    .anyMatch(arg -> arg.matches(name + "=\\S+(:\\S*\\d+\\.\\d+\\.\\d+\\S*|@sha256:[0-9a-f]{64})"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm"})
    void whatIsCopiedInIsNotIgnored(String image) throws IOException {
        var kept = Files.readAllLines(Path.of(".dockerignore"));
        var copied = arguments(instructions(image), "COPY").stream()
                .filter(copy -> !copy.contains("--from"))
                .flatMap(copy -> {
                    var words = Stream.of(copy.split(" "))
                            .filter(word -> !word.startsWith("--"))
                            .toList();
                    return words.subList(0, words.size() - 1).stream();
                });
        assertThat(copied).isNotEmpty().allSatisfy(source -> {
            assertThat(Path.of(source)).exists();
            assertThat(kept).contains("!" + source.split("/")[0]);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm"})
    void theRunStageNeedsNoRootAndNoShell(String image) throws IOException {
        var run = runStage(image);
        assertThat(arguments(run, "USER")).containsExactly("10001:10001");
        assertThat(arguments(run, "RUN")).isEmpty();
        // Docker's own SIGTERM, which reaches the process as it is the first one.
        assertThat(arguments(run, "STOPSIGNAL")).isEmpty();
        assertThat(arguments(run, "COPY")).noneMatch(copy -> copy.contains("--chown") || copy.contains("--chmod"));
        assertThat(arguments(run, "ENTRYPOINT")).singleElement().asString().startsWith("[\"/");
        assertThat(arguments(run, "CMD")).allMatch(command -> command.startsWith("["));
        assertThat(arguments(run, "HEALTHCHECK"))
                .singleElement()
                .asString()
                .contains(" CMD [\"/")
                .endsWith("\"health\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm"})
    void theImageSaysWhatItIs(String image) throws IOException {
        var run = runStage(image);
        String version = matches("<version>(.*)</version>", Path.of("pom.xml")).getFirst();
        assertThat(arguments(run, "ARG")).contains("VERSION=" + version);
        assertThat(arguments(run, "EXPOSE")).containsExactly("8001 9000");
        assertThat(String.join(" ", arguments(run, "LABEL")))
                .contains("org.opencontainers.image.title=\"Kriya\"")
                .contains("org.opencontainers.image.description=\"")
                .contains("org.opencontainers.image.licenses=\"MIT\"")
                .contains("org.opencontainers.image.version=\"${VERSION}\"")
                .contains("org.opencontainers.image.revision=\"${COMMIT}\"");
    }

    @Test
    void composeRunsEverythingRestricted() throws IOException {
        assertThat(compose()).hasSize(4).allSatisfy(service -> {
            assertThat(service.path("user").asText()).isNotEmpty().isNotEqualTo("root");
            assertThat(service.path("read_only").asBoolean()).isTrue();
            assertThat(service.path("cap_drop").path(0).asText()).isEqualTo("ALL");
            assertThat(service.path("security_opt").path(0).asText()).isEqualTo("no-new-privileges:true");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm"})
    void composeHasAProfileForEachImageAndPassesEverySetting(String image) throws IOException {
        JsonNode kriya = compose().get("kriya-" + image);
        assertThat(kriya.get("profiles").toString()).isEqualTo("[\"" + image + "\"]");
        assertThat(kriya.at("/build/dockerfile").asText()).isEqualTo("src/main/docker/Dockerfile." + image);
        assertThat(kriya.at("/env_file/0/path").asText()).isEqualTo(".env");
        assertThat(kriya.at("/env_file/0/required").asBoolean(true)).isFalse();
    }

    @Test
    void anImageHasOneTagWhereverItIsNamed() throws IOException {
        assertThat(compose().get("kriya-jvm").get("image").asText()).isEqualTo("kriya:dev");
        for (String file : List.of(
                "README.md",
                "docs/how-to/deploy-on-kubernetes.md",
                "src/main/docker/Dockerfile.jvm",
                "src/main/docker/Dockerfile.native",
                ".ci/smoke")) {
            assertThat(matches("docker build .*-t (\\S+)|\\b(kriya:[a-z$]\\S*)", Path.of(file)))
                    .as(file)
                    .allMatch(tag -> tag == null || tag.equals("kriya:dev"));
        }
    }

    private static JsonNode compose() throws IOException {
        // Jackson alone does not merge what "<<" names.
        Object compose =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of("compose.yaml")));
        return new ObjectMapper().valueToTree(compose).get("services");
    }

    @Test
    void theWorkflowMayOnlyReadAndPinsItsActions() throws IOException {
        var workflow = Path.of(".github/workflows/ci.yml");
        JsonNode read = new YAMLMapper().readTree(workflow.toFile());
        assertThat(read.get("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(read.get("jobs")).isNotEmpty().allSatisfy(job -> assertThat(job.has("timeout-minutes"))
                .isTrue());
        assertThat(matches("uses: (.*)", workflow))
                .isNotEmpty()
                .allMatch(action -> action.matches("[\\w/-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    /** Comments left out, and lines that go on joined. */
    private static List<String> instructions(String image) throws IOException {
        return Files.readString(Path.of("src/main/docker/Dockerfile." + image))
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static List<String> runStage(String image) throws IOException {
        var all = instructions(image);
        return all.subList(all.lastIndexOf("FROM ${RUN_IMAGE}"), all.size());
    }

    private static List<String> arguments(List<String> instructions, String name) {
        return instructions.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    private static List<String> matches(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
