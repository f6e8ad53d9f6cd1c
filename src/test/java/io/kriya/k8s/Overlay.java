package io.kriya.k8s;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What kubectl makes of an overlay. */
record Overlay(List<Object> objects) {

    static final Path K8S = Path.of("k8s");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([^)]*)\\)");

    private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();

    static Overlay dev() {
        return named("dev");
    }

    static Overlay production() {
        return named("production");
    }

    private static Overlay named(String name) {
        return RENDERED.computeIfAbsent(
                name, _ -> render(K8S.resolve("overlays").resolve(name)));
    }

    static Stream<Overlay> both() {
        return Stream.of(dev(), production());
    }

    static Overlay render(Path folder) {
        try {
            Path errors = Files.createTempFile("kustomize", ".log");
            errors.toFile().deleteOnExit();
            Process kubectl = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectError(errors.toFile())
                    .start();
            String yaml = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kubectl.waitFor() != 0) {
                fail("kubectl kustomize " + folder + ": " + Files.readString(errors));
            }
            return new Overlay(Manifest.read(yaml));
        } catch (IOException missing) {
            String sentence = "kubectl is not on the PATH, so what it renders is not checked";
            return System.getenv("CI") == null ? abort(sentence) : fail(sentence, missing);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    <T> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T> T one(Class<T> type) {
        List<T> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + type.getSimpleName());
        }
        return found.getFirst();
    }

    <T extends HasMetadata> T named(Class<T> type, String name) {
        return all(type).stream()
                .filter(object -> object.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " is named " + name));
    }

    List<ObjectMeta> metadata() {
        return objects.stream()
                .map(object ->
                        object instanceof Cluster cluster ? cluster.metadata() : ((HasMetadata) object).getMetadata())
                .toList();
    }

    /** Every pod that Kubernetes itself is told to run. */
    List<PodTemplateSpec> pods() {
        return Stream.concat(
                        all(Deployment.class).stream()
                                .map(object -> object.getSpec().getTemplate()),
                        all(StatefulSet.class).stream()
                                .map(object -> object.getSpec().getTemplate()))
                .toList();
    }

    PodTemplateSpec pod() {
        return one(Deployment.class).getSpec().getTemplate();
    }

    Container kriya() {
        return pod().getSpec().getContainers().getFirst();
    }

    /** What runs before it. */
    Container migrate() {
        return pod().getSpec().getInitContainers().getFirst();
    }

    ConfigMap settings() {
        return named(
                ConfigMap.class,
                kriya().getEnvFrom().getFirst().getConfigMapRef().getName());
    }

    /** The data of the Secrets that are part of the overlay. */
    Map<String, Map<String, String>> secrets() {
        Map<String, Map<String, String>> secrets = new LinkedHashMap<>();
        for (Secret secret : all(Secret.class)) {
            Map<String, String> data = new LinkedHashMap<>();
            secret.getData()
                    .forEach((key, value) ->
                            data.put(key, new String(Base64.getMimeDecoder().decode(value), StandardCharsets.UTF_8)));
            secrets.put(secret.getMetadata().getName(), data);
        }
        return secrets;
    }

    /** The environment of Kriya's container, as the kubelet makes it from these Secrets. */
    Map<String, String> environment(Map<String, Map<String, String>> secrets) {
        return environment(kriya(), secrets);
    }

    Map<String, String> environment(Container container, Map<String, Map<String, String>> secrets) {
        Map<String, String> environment = new LinkedHashMap<>(settings().getData());
        for (var variable : container.getEnv()) {
            if (variable.getValueFrom() == null) {
                environment.put(variable.getName(), expanded(variable.getValue(), environment));
                continue;
            }
            var source = variable.getValueFrom().getSecretKeyRef();
            String value = secrets.getOrDefault(source.getName(), Map.of()).get(source.getKey());
            if (value != null) {
                environment.put(variable.getName(), value);
            } else if (!Boolean.TRUE.equals(source.getOptional())) {
                throw new AssertionError("Secret " + source.getName() + " has no " + source.getKey());
            }
        }
        return environment;
    }

    private static String expanded(String value, Map<String, String> environment) {
        return REFERENCE.matcher(value).replaceAll(reference -> {
            String referred = environment.get(reference.group(1));
            if (referred == null) {
                throw new AssertionError(reference.group() + " is not defined before it is used");
            }
            return Matcher.quoteReplacement(referred);
        });
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return one(Namespace.class).getMetadata().getName();
    }
}
