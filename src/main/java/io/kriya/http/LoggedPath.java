package io.kriya.http;

import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Masks segments of a request's path that may be a token, a number or an address before it is logged. */
@Singleton
class LoggedPath {

    private static final int MAX_LENGTH = 200;

    /** The fewest digits that a stored phone number has. */
    private static final int DIGITS = 7;

    private final Routes routes;

    LoggedPath(Routes routes) {
        this.routes = routes;
    }

    String of(String path) {
        if (path == null) {
            return "-";
        }
        if (routes.isFixed(path)) {
            return path;
        }
        String shown = Arrays.stream(path.split("/", -1))
                .map(segment -> isPersonal(segment) ? "*" : segment)
                .collect(Collectors.joining("/"));
        return shown.length() > MAX_LENGTH ? shown.substring(0, MAX_LENGTH) + "…" : shown;
    }

    private static boolean isPersonal(String segment) {
        String text;
        try {
            text = URLDecoder.decode(segment, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException undecodable) {
            return true;
        }
        return text.contains("kriya_")
                || text.contains("@")
                || text.contains(";")
                || text.chars().anyMatch(Character::isISOControl)
                || text.chars().filter(Character::isDigit).count() >= DIGITS;
    }
}
