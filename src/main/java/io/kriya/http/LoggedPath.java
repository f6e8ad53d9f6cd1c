package io.kriya.http;

import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A request's path as the log shows it: without what clients put into one by mistake. */
@Singleton
class LoggedPath {

    private static final int LONGEST = 200;

    /** A phone number has more; no path of the API has as many. */
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
        return shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown;
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
