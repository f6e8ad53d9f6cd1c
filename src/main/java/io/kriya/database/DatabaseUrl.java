package io.kriya.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code DATABASE_URL}: a connection URI as libpq, SQLAlchemy or JDBC write it, read into what the PostgreSQL JDBC driver
 * takes.
 *
 * @param jdbcUrl the driver's URL, without user and password
 * @param user the role to log in as, if the URI names one
 * @param password its password, if the URI holds one
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">libpq's URIs</a>
 */
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {

    private static final Pattern SCHEME = Pattern.compile("(jdbc:postgresql|postgres(?:ql)?(?:\\+[a-z0-9_]+)?)://");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:/?#@\\s]*)(?::([0-9]{1,5}))?");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** libpq's parameters that the driver knows by another name; both give them the same meaning. */
    private static final Map<String, String> RENAMED = Map.ofEntries(
            Map.entry("sslmode", "sslmode"),
            Map.entry("ssl", "sslmode"), // asyncpg's spelling
            Map.entry("sslrootcert", "sslrootcert"),
            Map.entry("sslcert", "sslcert"),
            Map.entry("sslkey", "sslkey"),
            Map.entry("sslpassword", "sslpassword"),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("application_name", "ApplicationName"),
            Map.entry("options", "options"),
            Map.entry("target_session_attrs", "targetServerType"));

    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private static final Map<String, String> SERVER_TYPES = Map.of(
            "any", "any",
            "primary", "primary",
            "read-write", "primary",
            "standby", "secondary",
            "read-only", "secondary",
            "prefer-standby", "preferSecondary");

    /** Says what is wrong with a URI without quoting it: it holds a password. */
    public static final class Unreadable extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Unreadable(String what) {
            super(what);
        }
    }

    /**
     * Reads a connection URI.
     *
     * @throws Unreadable where it can't be understood
     */
    public static DatabaseUrl parse(String text) {
        var scheme = SCHEME.matcher(text);
        if (!scheme.lookingAt()) {
            throw new Unreadable("it does not start with postgresql://");
        }
        boolean jdbc = scheme.group(1).startsWith("jdbc:");
        String rest = text.substring(scheme.end());
        if (rest.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '#')) {
            throw new Unreadable("blanks and # in it have to be percent-encoded");
        }
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        String place = question < 0 ? rest : rest.substring(0, question);
        int slash = place.indexOf('/', place.lastIndexOf('@') + 1);
        String authority = slash < 0 ? place : place.substring(0, slash);
        String database = slash < 0 ? "" : decode(place.substring(slash + 1));

        Optional<String> user = Optional.empty();
        Optional<String> password = Optional.empty();
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            String[] login = authority.substring(0, at).split(":", 2);
            user = Optional.of(decode(login[0])).filter(name -> !name.isEmpty());
            password = login.length < 2 ? password : Optional.of(decode(login[1]));
        }

        Map<String, String> parameters = parameters(query);
        user = Optional.ofNullable(parameters.remove("user")).or(either(user));
        password = Optional.ofNullable(parameters.remove("password")).or(either(password));
        String hosts = authority.substring(at + 1);
        if (!jdbc) {
            hosts = hosts(hosts, parameters);
            database = Optional.ofNullable(parameters.remove("dbname")).orElse(database);
            parameters = translate(parameters);
        }
        if (database.contains("/")) {
            throw new Unreadable("the name of its database holds a slash");
        }
        if (database.isEmpty()) {
            database = user.orElseThrow(() -> new Unreadable("it names no database"));
        }
        return new DatabaseUrl(
                "jdbc:postgresql://" + checkedHosts(hosts) + "/" + encode(database) + query(parameters),
                user,
                password);
    }

    private static java.util.function.Supplier<Optional<String>> either(Optional<String> other) {
        return () -> other;
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            String[] parts = pair.split("=", 2);
            if (parts.length < 2) {
                throw new Unreadable("one of its parameters has no value");
            }
            parameters.put(decode(parts[0]), decode(parts[1]));
        }
        return parameters;
    }

    /** The hosts before the path, or libpq's {@code host} and {@code port} parameters. */
    private static String hosts(String authority, Map<String, String> parameters) {
        String named = parameters.remove("host");
        String ports = parameters.remove("port");
        if (named == null && ports == null) {
            return authority;
        }
        if (named != null && !authority.isEmpty()) {
            throw new Unreadable("it names its host twice");
        }
        String[] hosts = (named == null ? authority : named).split(",", -1);
        String[] numbers = ports == null ? new String[] {""} : ports.split(",", -1);
        if (numbers.length != 1 && numbers.length != hosts.length) {
            throw new Unreadable("it does not name as many ports as hosts");
        }
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            String port = numbers[numbers.length == 1 ? 0 : i];
            joined.add(port.isEmpty() ? hosts[i] : hosts[i] + ":" + port);
        }
        return String.join(",", joined);
    }

    private static String checkedHosts(String hosts) {
        List<String> checked = new ArrayList<>();
        for (String host : hosts.split(",", -1)) {
            if (host.startsWith("/") || host.toLowerCase(java.util.Locale.ROOT).startsWith("%2f")) {
                throw new Unreadable("a Unix socket can't be used, only host names and addresses");
            }
            var match = HOST.matcher(host);
            if (!match.matches()) {
                throw new Unreadable("one of its hosts or ports can't be understood");
            }
            int port = match.group(2) == null ? 5432 : Integer.parseInt(match.group(2));
            if (port < 1 || port > 65535) {
                throw new Unreadable("its port is not one of 1 to 65535");
            }
            checked.add((match.group(1).isEmpty() ? "localhost" : match.group(1)) + ":" + port);
        }
        return String.join(",", checked);
    }

    private static Map<String, String> translate(Map<String, String> parameters) {
        Map<String, String> translated = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            String renamed = RENAMED.get(name);
            if (renamed == null) {
                throw new Unreadable("it has a parameter that Kriya does not know; it knows user, password, host, port,"
                        + " dbname and "
                        + String.join(", ", RENAMED.keySet().stream().sorted().toList()));
            }
            translated.put(renamed, checked(name, value));
        });
        return translated;
    }

    private static String checked(String name, String value) {
        return switch (name) {
            case "sslmode", "ssl" -> {
                if (!SSL_MODES.contains(value)) {
                    throw new Unreadable("its sslmode is not one of " + String.join(", ", SSL_MODES));
                }
                yield value;
            }
            case "connect_timeout" -> {
                if (!value.matches("-?[0-9]{1,6}")) {
                    throw new Unreadable("its connect_timeout is not a number of seconds");
                }
                yield value.startsWith("-") ? "0" : value; // both: no limit
            }
            case "target_session_attrs" -> {
                String type = SERVER_TYPES.get(value);
                if (type == null) {
                    throw new Unreadable("its target_session_attrs is not one of "
                            + String.join(
                                    ", ",
                                    SERVER_TYPES.keySet().stream().sorted().toList()));
                }
                yield type;
            }
            default -> value;
        };
    }

    private static String query(Map<String, String> parameters) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, value) -> pairs.add(encode(name) + "=" + encode(value)));
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static String decode(String text) {
        if (BAD_ESCAPE.matcher(text).find()) {
            throw new Unreadable("it has a % that is not followed by two hexadecimal digits");
        }
        // In a URI a plus is a plus; only forms take it for a blank.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Names no password, so that it can be logged. */
    @Override
    public String toString() {
        return jdbcUrl;
    }
}
