package io.kriya.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the variable that a misspelt one was meant to be. */
final class Misspellings {

    /** Variable of one prefix that Kriya alone reads. */
    private static final Set<String> PREFIXES = Set.of("TOKEN_", "SMS_", "OAUTH_", "PHONE_", "LOGIN_", "SHUTDOWN_");

    /** What Kubernetes sets for each service, whatever its name. */
    private static final Pattern OF_KUBERNETES = Pattern.compile(".+_(SERVICE_(HOST|PORT).*|PORT(_[0-9]+_.+)?)");

    private Misspellings() {}

    /** Empty for a known variable, and for one that is nothing like any. */
    static Optional<String> nearest(String name) {
        Set<String> known = Variable.ALL.keySet();
        if (known.contains(name)
                || !name.matches("[A-Z][A-Z_]+")
                || OF_KUBERNETES.matcher(name).matches()) {
            return Optional.empty();
        }
        return known.stream()
                .min(Comparator.comparing(one -> distance(name, one)))
                // In a short name two letters are another word: HOME is not HOST.
                .filter(nearest -> distance(name, nearest) <= (nearest.length() < 8 ? 1 : 2)
                        || PREFIXES.stream().anyMatch(name::startsWith));
    }

    /** How many letters have to be inserted, deleted or replaced (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
