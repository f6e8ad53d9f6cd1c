package io.kriya.nativeimage;

import java.io.File;
import java.io.PrintStream;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Prints what classes hold once they are initialised, a line for each value, in the order of the alphabet. A line
 * begins with "!" where the value is of a kind that belongs to a process or a machine.
 */
final class StaticState {

    /** Their text tells all of them. */
    private static final List<Class<?>> VALUES = List.of(
            Boolean.class,
            Character.class,
            Number.class,
            CharSequence.class,
            TemporalAccessor.class,
            TemporalAmount.class,
            Path.class,
            File.class,
            URI.class,
            Pattern.class,
            Locale.class,
            Charset.class,
            TimeZone.class,
            UUID.class,
            Class.class);

    private static final List<Class<?>> FORBIDDEN = List.of(
            RandomGenerator.class,
            InstantSource.class,
            Date.class,
            Calendar.class,
            InetAddress.class,
            SocketAddress.class,
            Thread.class,
            ExecutorService.class,
            Process.class,
            ProcessHandle.class);

    private final SortedSet<String> lines = new TreeSet<>();

    private StaticState() {}

    /** @param classes their names */
    public static void main(String[] classes) throws ReflectiveOperationException {
        var state = new StaticState();
        for (String name : classes) {
            state.readClass(Class.forName(name));
        }
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(String.join("\n", state.lines));
    }

    private void readClass(Class<?> type) throws ReflectiveOperationException {
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
                read(type.getName() + "." + field.getName(), "", field.get(null), seen);
            }
        }
    }

    /** @param where the field that holds the value, of whatever object that the root leads to */
    private void read(String root, String where, Object value, Set<Object> seen) throws ReflectiveOperationException {
        if (value == null || isValue(value)) {
            print(root, where, value);
            return;
        }
        if (!seen.add(value)) {
            return;
        }
        print(root, where, value);
        switch (value) {
            case Map<?, ?> map -> {
                for (Object key : sorted(map.keySet())) {
                    read(root, where + "{key}", key, seen);
                    read(root, where + "{" + text(key) + "}", map.get(key), seen);
                }
            }
            case List<?> list -> readAll(root, where, list.toArray(), seen);
            case Collection<?> collection -> {
                for (Object element : sorted(collection)) {
                    read(root, where + "{}", element, seen);
                }
            }
            case Optional<?> optional -> read(root, where, optional.orElse(null), seen);
            case AtomicReference<?> reference -> read(root, where, reference.get(), seen);
            case Reference<?> reference -> read(root, where, reference.get(), seen);
            default -> {
                if (value.getClass().isArray()) {
                    readAll(root, where, value, seen);
                } else {
                    readFields(root, value, seen);
                }
            }
        }
    }

    private void readAll(String root, String where, Object array, Set<Object> seen)
            throws ReflectiveOperationException {
        for (int i = 0; i < Array.getLength(array); i++) {
            read(root, where + "[" + i + "]", Array.get(array, i), seen);
        }
    }

    /**
     * Those of the JDK's own types are not looked into. A hash that an object keeps may be made of an object's
     * identity, which the native binary keeps too.
     */
    private void readFields(String root, Object value, Set<Object> seen) throws ReflectiveOperationException {
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getModule().isNamed()) {
                continue;
            }
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getName().matches("hash(Code)?")) {
                    field.setAccessible(true);
                    read(root, " " + name(type) + "." + field.getName(), field.get(value), seen);
                }
            }
        }
    }

    private static boolean isValue(Object value) {
        return VALUES.stream().anyMatch(type -> type.isInstance(value));
    }

    private void print(String root, String where, Object value) {
        String type = value == null ? "" : name(value.getClass());
        lines.add((isForbidden(value) ? "! " : "") + root + where + " = " + (type + " " + text(value)).strip());
    }

    /** As each JVM has an order of its own for some. */
    private static List<Object> sorted(Collection<?> collection) {
        return collection.stream()
                .<Object>map(element -> element)
                .sorted(Comparator.comparing(StaticState::text))
                .toList();
    }

    private static String text(Object value) {
        return switch (value) {
            case Enum<?> constant -> constant.name();
            case null -> "null";
            default -> isValue(value) ? value.toString() : "";
        };
    }

    private static boolean isForbidden(Object value) {
        return FORBIDDEN.stream().anyMatch(type -> type.isInstance(value))
                || value instanceof TemporalAccessor time && time.isSupported(ChronoField.YEAR)
                || value instanceof TemporalAccessor moment && moment.isSupported(ChronoField.INSTANT_SECONDS)
                || value instanceof File file && file.isAbsolute()
                || value instanceof Path path && path.isAbsolute();
    }

    /** That of a lambda has a number that changes. */
    private static String name(Class<?> type) {
        return Arrays.asList(type.getName().split("/")).getFirst();
    }
}
