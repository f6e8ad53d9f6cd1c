package io.kriya.nativeimage;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was reached by reflection, as a resource or as a service.
 *
 * @param method of the JDK, by which it was reached
 * @param target a type, a resource, a bundle, a service or the interfaces of a proxy
 * @param member of the type; empty where it was not asked for by name
 * @param caller who called the method
 * @param behalf where the JDK called it, on whose behalf
 * @param initialised the classes whose initialisation this is part of
 */
record Reached(String method, String target, String member, String caller, String behalf, List<String> initialised) {

    static Reached parse(String line) {
        String[] columns = line.split("\t", -1);
        List<String> initialised = columns[5].isEmpty() ? List.of() : List.of(columns[5].split(","));
        return new Reached(columns[0], columns[1], columns[2], columns[3], columns[4], initialised);
    }

    /** Whether Kriya's own code reaches it, or it is Kriya's. */
    boolean isOfKriya() {
        return Stream.of(target, caller, behalf)
                .anyMatch(name -> name.startsWith("io.kriya.") || name.startsWith("db.migration."));
    }

    @Override
    public String toString() {
        return method + " " + target + (member.isEmpty() ? "" : "." + member) + " by " + caller
                + (behalf.equals(caller) ? "" : " for " + behalf);
    }
}
