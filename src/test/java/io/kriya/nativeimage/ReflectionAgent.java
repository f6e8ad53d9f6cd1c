package io.kriya.nativeimage;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Member;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Inside of a traced JVM: writes down what is reached by reflection, as a resource or as a service, and by whom, each
 * once. The classes of the JDK that tell it are in its jar: see {@link AgentJar}.
 */
public final class ReflectionAgent implements BiConsumer<String, Object[]> {

    /** The class of the JDK that holds the agent: the JDK's classes see no others. */
    static final String HOLDER = "java.lang.ReflectionAgentHolder";

    static final String FIELD = "AGENT";

    /** They call each other. */
    private static final Set<String> MIDDLEMEN = Set.of(
            "io.kriya.nativeimage.ReflectionAgent",
            "io.quarkus.bootstrap.runner.RunnerClassLoader",
            "java.lang.Class",
            "java.lang.ClassLoader",
            "java.lang.Module",
            "java.lang.invoke.MethodHandles$Lookup",
            "java.lang.reflect.Constructor",
            "java.lang.reflect.Field",
            "java.lang.reflect.Method",
            "java.lang.reflect.Proxy",
            "java.util.ResourceBundle",
            "java.util.ServiceLoader");

    /** What the JDK does by itself: reflection is made of reflection. */
    private static final Pattern OWN =
            Pattern.compile("java\\.lang\\.|sun\\.reflect\\.|sun\\.invoke\\.|jdk\\.internal\\.|jdk\\.proxy");

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<Boolean> busy = new ThreadLocal<>();
    private final StackWalker stack = StackWalker.getInstance();
    private final OutputStream output;

    private ReflectionAgent(OutputStream output) {
        this.output = output;
    }

    /** @param folder where the file of this process goes */
    public static void premain(String folder, Instrumentation instrumentation) throws Exception {
        Path file = Path.of(folder, ProcessHandle.current().pid() + ".tsv");
        var agent = new ReflectionAgent(new FileOutputStream(file.toFile(), true));
        Map<String, byte[]> classes = changedClasses();
        define(classes.remove(HOLDER), instrumentation).getField(FIELD).set(null, agent);
        // What the recorder itself needs is loaded by now.
        agent.accept("getMethods", new Object[] {Object.class, null});
        List<ClassDefinition> definitions = new ArrayList<>();
        for (var changed : classes.entrySet()) {
            definitions.add(new ClassDefinition(Class.forName(changed.getKey()), changed.getValue()));
        }
        instrumentation.redefineClasses(definitions.toArray(ClassDefinition[]::new));
    }

    private static Map<String, byte[]> changedClasses() throws Exception {
        Map<String, byte[]> classes = new HashMap<>();
        var source = ReflectionAgent.class.getProtectionDomain().getCodeSource().getLocation();
        try (var jar = new JarFile(Path.of(source.toURI()).toFile())) {
            for (var entry : jar.stream().toList()) {
                if (entry.getName().startsWith(AgentJar.FOLDER)) {
                    try (InputStream bytes = jar.getInputStream(entry)) {
                        classes.put(entry.getName().substring(AgentJar.FOLDER.length()), bytes.readAllBytes());
                    }
                }
            }
        }
        return classes;
    }

    private static Class<?> define(byte[] holder, Instrumentation instrumentation) throws IllegalAccessException {
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.lang", Set.of(ReflectionAgent.class.getModule())),
                Set.of(),
                Map.of());
        return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                .defineClass(holder);
    }

    /** @param values the object, the arguments and the result of a call */
    @Override
    public void accept(String method, Object[] values) {
        if (busy.get() != null) {
            return;
        }
        busy.set(true);
        try {
            String target = target(method, values);
            if (target == null) {
                return;
            }
            String callers = callers();
            if (callers == null) {
                return;
            }
            String line = method + "\t" + target + "\t" + callers + "\n";
            if (seen.add(line)) {
                synchronized (this) {
                    output.write(line.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            busy.remove();
        }
    }

    /**
     * Who calls, where that is the JDK on whose behalf, and the initialisation of which classes it is part of; null
     * where it is what the JDK does by itself, or what is initialised with the application, in the build.
     */
    private String callers() {
        return stack.walk(frames -> {
            String caller = null;
            String behalf = "";
            List<String> initialised = new ArrayList<>();
            for (var frame : (Iterable<StackWalker.StackFrame>) frames::iterator) {
                String type = frame.getClassName();
                // The constants of an enum are known to the binary.
                if (frame.getMethodName().equals("getEnumConstantsShared")) {
                    return null;
                }
                if (MIDDLEMEN.contains(type)) {
                    continue;
                }
                if (caller == null) {
                    caller = type;
                    if (OWN.matcher(type).lookingAt()) {
                        return null;
                    }
                }
                if (!isOfJdk(type)) {
                    behalf = behalf.isEmpty() ? type : behalf;
                    if (frame.getMethodName().equals("<clinit>")) {
                        initialised.add(type);
                    }
                }
            }
            boolean isOfTheBuild = initialised.contains("io.quarkus.runner.ApplicationImpl");
            return isOfTheBuild ? null : caller + "\t" + behalf + "\t" + String.join(",", initialised);
        });
    }

    private static boolean isOfJdk(String type) {
        return type.startsWith("java.")
                || type.startsWith("javax.")
                || type.startsWith("jdk.")
                || type.startsWith("sun.")
                || type.startsWith("com.sun.")
                || type.startsWith("org.jcp.");
    }

    /** The class and its member, or the resource or the interfaces; null where nothing is reached. */
    private static String target(String method, Object[] values) {
        Object last = values[values.length - 1];
        return switch (method) {
            case "forName" -> nameOf(last);
            case "newProxyInstance" ->
                Arrays.stream((Class<?>[]) values[2]).map(Class::getName).collect(Collectors.joining(",")) + "\t";
            case "load", "loadInstalled" -> nameOf(values[1] instanceof Class<?> ? values[1] : values[2]);
            case "getBundle" -> values[1] + "\t";
            case "getResource", "getResources", "getResourceAsStream" -> isNothing(last) ? null : values[1] + "\t";
            default -> memberOf(values, last);
        };
    }

    private static String memberOf(Object[] values, Object result) {
        for (Object value : new Object[] {values[0], result, values[1]}) {
            if (value instanceof Member member) {
                return of(member.getDeclaringClass(), member.getName());
            }
        }
        if (values[0] instanceof Class<?> type) {
            return nameOf(type);
        }
        // A method handle's class and member; of a constructor there is no name.
        return of((Class<?>) values[1], values[2] instanceof String name ? name : "<init>");
    }

    private static String of(Class<?> type, String member) {
        String name = nameOf(type);
        return name == null ? null : name + member;
    }

    private static boolean isNothing(Object resources) {
        return resources == null || resources instanceof Enumeration<?> several && !several.hasMoreElements();
    }

    private static String nameOf(Object type) {
        if (!(type instanceof Class<?> element)) {
            return null;
        }
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return isOfJdk(element.getName()) || element.isHidden() || Proxy.isProxyClass(element)
                ? null
                : element.getName() + "\t";
    }
}
