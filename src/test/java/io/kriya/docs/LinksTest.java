package io.kriya.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages that people read. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src=\")([^)\"\\s]+)[)\"]");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    static Stream<Path> pages() throws IOException {
        try (var folder = Files.list(Path.of(""));
                var docs = Files.walk(Path.of("docs"));
                var bench = Files.list(Path.of("bench"))) {
            return Stream.of(folder, docs, bench)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileAndAHeadingThatIsThere(Path page) throws IOException {
        for (String link : links(page)) {
            String[] parts = link.split("#", 2);
            Path target =
                    parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            assertThat(target).as("%s in %s", link, page).exists();
            if (parts.length == 2) {
                assertThat(headings(target)).as("%s in %s", link, page).contains(parts[1]);
            }
        }
    }

    @Test
    void everyPageCanBeReachedFromTheStartPage() throws IOException {
        Set<Path> reached = new HashSet<>();
        Deque<Path> next = new ArrayDeque<>(List.of(Path.of("docs/README.md")));
        while (!next.isEmpty()) {
            Path page = next.pop();
            if (page.toString().endsWith(".md") && reached.add(page)) {
                for (String link : links(page)) {
                    next.push(page.resolveSibling(link.split("#", 2)[0]).normalize());
                }
            }
        }
        assertThat(reached)
                .containsAll(pages().filter(page -> page.startsWith("docs")).toList());
    }

    @Test
    void theIndexOfDecisionsHasEachWithItsDateAndStatus() throws IOException {
        String index = Files.readString(Path.of("docs/decisions/README.md"));
        try (var decisions = Files.newDirectoryStream(Path.of("docs/decisions"), "0*.md")) {
            for (Path decision : decisions) {
                List<String> lines = Files.readAllLines(decision);
                assertThat(lines.getFirst()).startsWith("# ");
                assertThat(lines.get(2)).as("%s", decision).matches("\\d{4}-\\d\\d-\\d\\d · .+");
                String[] title = lines.getFirst().substring(2).split("\\. ", 2);
                String[] dated = lines.get(2).split(" · ", 2);
                assertThat(index)
                        .containsPattern("(?m)^\\| %s \\| \\[%s]\\(%s\\) \\| %s.* \\| %s \\|$"
                                .formatted(
                                        title[0], Pattern.quote(title[1]), decision.getFileName(), dated[0], dated[1]));
            }
        }
    }

    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.contains("://") && !link.startsWith("mailto:"))
                .toList();
    }

    /** As GitHub names them. */
    private static Set<String> headings(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", ""))
                .map(heading -> heading.replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
