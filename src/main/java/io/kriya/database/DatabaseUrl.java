package io.kriya.database;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.jdbc.SslMode;

/**
 * Parses {@code DATABASE_URL}, a connection URI as libpq, SQLAlchemy or JDBC write it.
 *
 * @param jdbcUrl the URL for the JDBC driver, without user and password
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">libpq's URIs</a>
 */
@RegisterForReflection
public record DatabaseUrl(String jdbcUrl, Optional<String> user, Optional<String> password) {

    /** What {@code DATABASE_URL} takes. */
    public static final String TAKES = "a URL such as postgresql://user:password@host:5432/database";

    /** The last @ ends the password, so that an @ in the password need not be encoded. */
    private static final Pattern FORM = Pattern.compile("(?<scheme>jdbc:postgresql|postgres(ql)?(\\+[a-z0-9_]+)?)://"
            + "((?<user>[^:?]*)(:(?<password>[^?]*))?@)?(?<hosts>[^@/?]*)(/(?<database>[^@?]*))?(\\?(?<query>.*))?");

    private static final Pattern HOST =
            Pattern.compile("(?<name>\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:/?#@\\s]*)(:(?<port>[0-9]{1,5}))?");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** libpq's parameters that the driver knows by the same name. */
    private static final Set<String> PARAMETERS =
            Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword", "options");

    /** libpq's parameters that the driver knows by another name. */
    private static final Map<String, String> RENAMED_PARAMETERS = Map.of(
            "ssl", "sslmode", // asyncpg's name
            "sslnegotiation", "sslNegotiation",
            "channel_binding", "channelBinding",
            "gssencmode", "gssEncMode",
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "target_session_attrs", "targetServerType");

    private static final Map<String, String> SERVER_TYPES = new TreeMap<>(Map.of(
            "any", "any",
            "primary", "primary",
            "read-write", "primary",
            "standby", "secondary",
            "read-only", "secondary",
            "prefer-standby", "preferSecondary"));

    /** Says what is wrong with a URI without quoting it, as it contains a password. */
    public static final class Unreadable extends IllegalStateException {
        private static final long serialVersionUID = 1;

        Unreadable(String what) {
            super(TAKES + "; " + what);
        }
    }

    /** @throws Unreadable if the URI is malformed */
    public static DatabaseUrl parse(String text) {
        require(
                text.chars().noneMatch(c -> c <= ' ' || c == 0x7f || c == '#'),
                "blanks and # in it have to be percent-encoded");
        var uri = FORM.matcher(text);
        require(uri.matches(), "it does not start with postgresql://");
        Map<String, String> parameters = parameters(uri.group("query"));
        Optional<String> user = removed("user", parameters, uri.group("user")).filter(Predicate.not(String::isEmpty));
        Optional<String> password = removed("password", parameters, uri.group("password"));
        String database = uri.group("database");
        String hosts = uri.group("hosts");
        if (!uri.group("scheme").startsWith("jdbc:")) {
            hosts = hosts(hosts, parameters);
            database = removed("dbname", parameters, database).orElse("");
            parameters = translate(parameters);
        } else {
            database = decode(database);
        }
        require(!database.contains("/"), "the name of its database holds a slash");
        if (database.isEmpty()) {
            database = user.orElseThrow(() -> new Unreadable("it names no database"));
        }
        String jdbcHosts =
                Stream.of(hosts.split(",", -1)).map(DatabaseUrl::checkedHost).collect(Collectors.joining(","));
        var query = new StringJoiner("&", "?", "").setEmptyValue("");
        parameters.forEach((name, value) -> query.add(encode(name) + "=" + encode(value)));
        return new DatabaseUrl("jdbc:postgresql://" + jdbcHosts + "/" + encode(database) + query, user, password);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new Unreadable(otherwise);
        }
    }

    /** Removes and returns a parameter; if there is none, returns the decoded part of the URI before the query. */
    private static Optional<String> removed(String name, Map<String, String> parameters, String encoded) {
        return Optional.ofNullable(parameters.remove(name))
                .or(() -> Optional.ofNullable(encoded).map(DatabaseUrl::decode));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&+")) {
            String[] parts = pair.split("=", 2);
            require(parts.length == 2 || pair.isEmpty(), "one of its parameters has no value");
            if (parts.length == 2) {
                parameters.put(decode(parts[0]), decode(parts[1]));
            }
        }
        return parameters;
    }

    /** The hosts before the path, or libpq's {@code host} and {@code port} parameters. */
    private static String hosts(String authority, Map<String, String> parameters) {
        String named = parameters.remove("host");
        String ports = parameters.remove("port");
        require(named == null || authority.isEmpty(), "it names its host twice");
        String[] hosts = (named == null ? authority : named).split(",", -1);
        if (ports != null) {
            String[] numbers = ports.split(",", -1);
            require(numbers.length == 1 || numbers.length == hosts.length, "it does not name as many ports as hosts");
            for (int i = 0; i < hosts.length; i++) {
                String port = numbers[numbers.length == 1 ? 0 : i];
                hosts[i] += port.isEmpty() ? "" : ":" + port;
            }
        }
        return String.join(",", hosts);
    }

    private static String checkedHost(String host) {
        require(
                !host.startsWith("/") && !host.regionMatches(true, 0, "%2f", 0, 3),
                "a Unix socket can't be used, only host names and addresses");
        var match = HOST.matcher(host);
        require(match.matches(), "one of its hosts or ports can't be understood");
        int port = match.group("port") == null ? 5432 : Integer.parseInt(match.group("port"));
        require(port >= 1 && port <= 65535, "its port is not one of 1 to 65535");
        return (match.group("name").isEmpty() ? "localhost" : match.group("name")) + ":" + port;
    }

    private static Map<String, String> translate(Map<String, String> parameters) {
        Map<String, String> translated = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            String jdbcName = PARAMETERS.contains(name) ? name : RENAMED_PARAMETERS.get(name);
            require(
                    jdbcName != null,
                    "it has a parameter that Kriya does not know; it knows user, password, host, port, dbname and "
                            + Stream.concat(PARAMETERS.stream(), RENAMED_PARAMETERS.keySet().stream())
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
            translated.put(jdbcName, checkedValue(jdbcName, value));
        });
        return translated;
    }

    private static String checkedValue(String jdbcName, String value) {
        return switch (jdbcName) {
            case "sslmode" -> {
                var modes = Stream.of(SslMode.VALUES).map(mode -> mode.value).toList();
                require(modes.contains(value), "its sslmode is not one of " + String.join(", ", modes));
                yield value;
            }
            case "connectTimeout" -> {
                require(value.matches("-?[0-9]{1,6}"), "its connect_timeout is not a number of seconds");
                yield value.startsWith("-") ? "0" : value; // both mean no limit
            }
            case "targetServerType" -> {
                require(
                        SERVER_TYPES.containsKey(value),
                        "its target_session_attrs is not one of " + String.join(", ", SERVER_TYPES.keySet()));
                yield SERVER_TYPES.get(value);
            }
            default -> value;
        };
    }

    private static String decode(String text) {
        if (text == null) {
            return "";
        }
        require(!BAD_ESCAPE.matcher(text).find(), "it has a % that is not followed by two hexadecimal digits");
        // In a URI a plus is a plus; only in forms is it a space.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Masked: without user and password. */
    @Override
    public String toString() {
        return jdbcUrl;
    }
}
