package io.kriya;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Runs a command beside a packaged Kriya that verifies phones, and ends as it does. In the command's environment
 * {@code KRIYA_URL} and {@code KRIYA_KEY} are Kriya's address and its API key; at {@code KRIYA_PHONES}/+12025550100 is
 * the code that was last sent to a number; {@code ?later} makes it one that may be sent again, and {@code ?user} is the
 * id of the number's user.
 */
public final class Sandbox {

    private Sandbox() {}

    public static void main(String... command) throws IOException, InterruptedException {
        int status;
        try (var kriya = Deployment.start(1, Map.of())) {
            status = run(
                    kriya, Map.of("KRIYA_URL", "http://127.0.0.1:" + kriya.one().port()), command);
        }
        System.exit(status);
    }

    /** Runs a command with these variables beside its own environment, and returns how it ends. */
    static int run(Deployment kriya, Map<String, String> variables, String... command)
            throws IOException, InterruptedException {
        var phones = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        phones.createContext("/", request -> answer(kriya, request));
        phones.start();
        try {
            var builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(variables);
            builder.environment().put("KRIYA_KEY", Api.KEY);
            builder.environment()
                    .put(
                            "KRIYA_PHONES",
                            "http://127.0.0.1:" + phones.getAddress().getPort());
            return builder.start().waitFor();
        } finally {
            phones.stop(0);
        }
    }

    private static void answer(Deployment kriya, HttpExchange request) throws IOException {
        String number = request.getRequestURI().getPath().substring(1).replace("'", "");
        String query = request.getRequestURI().getQuery();
        if ("later".equals(query)) {
            kriya.database.execute("update challenges set resend_at = now() where phone_number = '" + number + "'");
        }
        String answer = "user".equals(query)
                ? kriya.database.query("select id from users where phone_number = '" + number + "'")
                : kriya.codeOf(number);
        byte[] bytes = answer.getBytes(UTF_8);
        request.sendResponseHeaders(200, bytes.length);
        request.getResponseBody().write(bytes);
        request.close();
    }
}
