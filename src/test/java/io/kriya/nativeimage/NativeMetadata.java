package io.kriya.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is registered for the native binary, by Quarkus and by the libraries themselves. */
final class NativeMetadata {

    private static final Path SOURCES = Path.of("target/native-metadata/native-sources");
    private static final String FOLDER = "META-INF/native-image/";

    /** A type's members that may be asked for at once, and by which words of the metadata. */
    private enum Members {
        METHODS("Methods"),
        CONSTRUCTORS("Constructors"),
        FIELDS("Fields"),
        CLASSES("Classes");

        private final String word;

        Members(String word) {
            this.word = word;
        }

        private boolean areAll(JsonNode type, boolean areCalled) {
            return Stream.of("allDeclared", "allPublic", "queryAllDeclared", "queryAllPublic")
                    .filter(all -> !(areCalled && all.startsWith("query")))
                    .anyMatch(all -> type.path(all + word).asBoolean());
        }
    }

    private final Set<String> files = new HashSet<>();
    private final Set<String> atRunTime = new HashSet<>();
    private final Set<String> proxies = new HashSet<>();
    private final Set<String> bundles = new HashSet<>();
    private final List<JsonNode> types = new ArrayList<>();
    private final List<Pattern> resources = new ArrayList<>();

    static NativeMetadata read() throws IOException {
        var metadata = new NativeMetadata();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path jar :
                    sources.filter(file -> file.toString().endsWith(".jar")).toList()) {
                metadata.readJar(jar);
            }
        }
        return metadata;
    }

    private void readJar(Path path) throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                files.add(entry.getName());
                try (InputStream file = jar.getInputStream(entry)) {
                    if (entry.getName().startsWith(FOLDER) && entry.getName().endsWith(".json")) {
                        read(
                                entry.getName().substring(entry.getName().lastIndexOf('/') + 1),
                                new ObjectMapper().readTree(file));
                    } else if (entry.getName().equals("io/quarkus/runner/Feature.class")) {
                        readFeature(file.readAllBytes());
                    }
                }
            }
        }
    }

    private void read(String file, JsonNode metadata) {
        switch (file) {
            case "reflect-config.json" -> metadata.forEach(types::add);
            case "proxy-config.json" -> metadata.forEach(this::readProxy);
            case "resource-config.json" -> {
                JsonNode included = metadata.path("resources");
                (included.has("includes") ? included.path("includes") : included)
                        .forEach(resource -> resources.add(
                                Pattern.compile(resource.path("pattern").asText())));
                metadata.path("bundles")
                        .forEach(bundle -> bundles.add(bundle.path("name").asText()));
            }
            case "jni-config.json", "serialization-config.json" -> {}
            default -> throw new IllegalStateException("Nobody reads " + file);
        }
    }

    private void readProxy(JsonNode proxy) {
        List<String> interfaces = new ArrayList<>();
        (proxy.has("interfaces") ? proxy.path("interfaces") : proxy).forEach(name -> interfaces.add(name.asText()));
        proxies.add(String.join(",", interfaces));
    }

    /** It names the classes that are not initialised in the build. */
    private void readFeature(byte[] bytes) {
        ClassFile.of().parse(bytes).constantPool().forEach(constant -> {
            if (constant instanceof StringEntry name) {
                atRunTime.add(name.stringValue());
            }
        });
    }

    /** Whether it works in the native binary. What the initialisation of a class reaches, it reaches in the build. */
    boolean permits(Reached reached) {
        boolean isInTheBuild = reached.initialised().stream().anyMatch(type -> !atRunTime.contains(type));
        return isInTheBuild
                || switch (reached.method()) {
                    case "getResource", "getResources", "getResourceAsStream" -> hasResource(reached.target());
                    case "getBundle" -> bundles.contains(reached.target());
                    case "newProxyInstance" -> proxies.contains(reached.target());
                    case "load", "loadInstalled" -> {
                        String services = "META-INF/services/" + reached.target();
                        yield !files.contains(services) || hasResource(services);
                    }
                    default ->
                        types.stream()
                                .filter(type -> type.path("name").asText().equals(reached.target()))
                                .anyMatch(type -> permits(type, reached));
                };
    }

    private boolean hasResource(String name) {
        return resources.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static boolean permits(JsonNode type, Reached reached) {
        String member = reached.member();
        boolean isCalled = !reached.method().matches("(get|getDeclared)(Methods?|Constructors?)");
        return switch (reached.method()) {
            case "forName" -> true;
            case "getDeclaredMethods", "getMethods", "getRecordComponents" -> Members.METHODS.areAll(type, isCalled);
            case "getDeclaredConstructors", "getConstructors" -> Members.CONSTRUCTORS.areAll(type, isCalled);
            case "getDeclaredFields", "getFields" -> Members.FIELDS.areAll(type, isCalled);
            case "getDeclaredClasses", "getClasses" -> Members.CLASSES.areAll(type, isCalled);
            case "getMethod", "getDeclaredMethod", "invoke", "findVirtual", "findStatic", "findSpecial", "unreflect" ->
                Members.METHODS.areAll(type, isCalled) || isListed(type, member, isCalled);
            case "getConstructor", "getDeclaredConstructor", "newInstance", "findConstructor", "unreflectConstructor" ->
                Members.CONSTRUCTORS.areAll(type, isCalled) || isListed(type, "<init>", isCalled);
            default -> Members.FIELDS.areAll(type, false) || has(type.path("fields"), member);
        };
    }

    /** Of methods with one name any is enough. */
    private static boolean isListed(JsonNode type, String member, boolean isCalled) {
        return has(type.path("methods"), member) || !isCalled && has(type.path("queriedMethods"), member);
    }

    private static boolean has(JsonNode members, String name) {
        for (JsonNode member : members) {
            if (member.path("name").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
