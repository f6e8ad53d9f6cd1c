package io.kriya.bench;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** What each kind of request writes: positions of PostgreSQL's write-ahead log before and after many of them. */
final class Writes {

    private static final int SECONDS = 5;

    private final Connection database;
    private final int count;
    private final boolean checkpoints;

    private Writes(Connection database, int count, boolean checkpoints) {
        this.database = database;
        this.count = count;
        this.checkpoints = checkpoints;
    }

    /** Prints lines of a name, a number of requests, the first and the last position, and the bytes for each request. */
    public static void main(String[] arguments) throws Exception {
        String address = arguments[1];
        try (var database = DriverManager.getConnection("jdbc:postgresql://" + address + "?user=postgres")) {
            var writes = new Writes(database, Integer.parseInt(arguments[2]), arguments[3].equals("on"));
            List<String> command = Service.jar(Path.of(arguments[0]), "128m");
            String url = "postgresql://postgres@" + address;
            try (var kriya = Service.kriya(command, url, Map.of("KRIYA_TOKEN_USES_SECONDS", "1"))) {
                writes.measureLogins(kriya);
            }
            try (var gateway = new Gateway();
                    var kriya = Service.kriya(command, url, gateway.settings())) {
                writes.measureChallenges(kriya, gateway);
            }
        }
    }

    private void measureLogins(Service kriya) throws Exception {
        // So that every statement was prepared once.
        register(kriya, number(999_999));
        Thread.sleep(2_000);
        measure("heartbeats of a replica, a second", SECONDS, _ -> null, SECONDS * 1_000L);
        measure("register, new number", i -> register(kriya, number(i)));
        var tokens = measure("register, known number", i -> register(kriya, number(i)));
        measure("validate, first use in an hour", count, i -> validate(kriya, tokens[i]), 3_000);
        measure("validate, again", i -> validate(kriya, tokens[i]));
        measure(
                "logout",
                i -> send(
                        kriya.request("/api/auth/logout")
                                .header("Authorization", "Bearer " + tokens[i])
                                .DELETE(),
                        kriya));
    }

    private void measureChallenges(Service kriya, Gateway gateway) throws Exception {
        int next = checkpoints ? 500_000 : 600_000;
        register(kriya, number(next + 99_999));
        var challenges = measure("challenge, with its message", i -> register(kriya, number(next + i)));
        measure("wrong code", i -> verify(kriya, challenges[i], "000000"));
        measure("verify, new number", i -> verify(kriya, challenges[i], gateway.codeOf(number(next + i))));
    }

    /** A number of the United States that may be a mobile phone's; other than in the last call. */
    private String number(int i) {
        return "+1" + (2_022_000_000L + (checkpoints ? 1_000_000 : 0) + i);
    }

    /** @return the token, or the id of the challenge */
    private static String register(Service kriya, String number) {
        String answer = post(
                kriya,
                "/api/auth/register",
                "{\"phone_number\":\"" + number + "\",\"first_name\":\"Ada\",\"last_name\":\"Lovelace\"}");
        return find(answer.contains("\"verification\"") ? "\"id\":\"([^\"]+)\"" : "\"token\":\"([^\"]+)\"", answer);
    }

    private static String validate(Service kriya, String token) {
        return find("(Token is valid)", post(kriya, "/api/auth/validate-token", "{\"token\":\"" + token + "\"}"));
    }

    private static String verify(Service kriya, String challenge, String code) {
        return post(kriya, "/api/auth/verify", "{\"verification_id\":\"" + challenge + "\",\"code\":\"" + code + "\"}");
    }

    private static String post(Service kriya, String path, String json) {
        return send(
                kriya.request(path)
                        .header("Content-Type", "application/json")
                        .header("X-API-Key", Service.KEY)
                        .POST(BodyPublishers.ofString(json)),
                kriya);
    }

    private static String send(HttpRequest.Builder request, Service kriya) {
        return kriya.send(request).body();
    }

    private String[] measure(String name, IntFunction<String> request) throws Exception {
        return measure(name, count, request, 0);
    }

    private String[] measure(String name, int times, IntFunction<String> request, long millisAfter) throws Exception {
        if (checkpoints) {
            query("checkpoint");
        }
        String first = query("select pg_current_wal_insert_lsn()");
        var answers = new String[times];
        for (int i = 0; i < times; i++) {
            answers[i] = request.apply(i);
        }
        Thread.sleep(millisAfter);
        String last = query("select pg_current_wal_insert_lsn()");
        String bytes = query("select ('%s'::pg_lsn - '%s'::pg_lsn) / %d".formatted(last, first, times));
        System.out.println(String.join("\t", name, Integer.toString(times), first, last, bytes.split("\\.")[0]));
        return answers;
    }

    private String query(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            var row = statement.getResultSet();
            row.next();
            return row.getString(1);
        }
    }

    private static String find(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(text);
        }
        return matcher.group(1);
    }
}
