package io.kriya.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** An SMS gateway that accepts every message, and keeps its code. */
final class Gateway implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> codes = new ConcurrentHashMap<>();
    private final HttpServer server;

    Gateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange message) throws IOException {
        try (message) {
            JsonNode body = JSON.readTree(message.getRequestBody());
            var code = CODE.matcher(body.at("/text").asText());
            code.find();
            codes.put(body.at("/to").asText(), code.group());
            message.sendResponseHeaders(204, -1);
        }
    }

    /** The code of the last message to a number; null if there was none. */
    String codeOf(String number) {
        return codes.get(number);
    }

    /** With them Kriya sends its codes here, and no limit is reached. */
    Map<String, String> settings() {
        var settings = new HashMap<>(Map.of(
                "PHONE_VERIFICATION", "sms",
                "SMS_COUNTRIES", "US",
                "SMS_SENDERS", "webhook",
                "SMS_WEBHOOK_URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                "SMS_WEBHOOK_SECRET", "whsec_a2V5IG9mIHRoZSBiZW5jaG1hcmssIG5vIHNlY3JldA==",
                "SECRET_KEY", "a-key-of-the-benchmark-that-is-no-secret",
                "PROOF_OF_WORK", "never"));
        for (String limit : List.of(
                "NUMBER",
                "NUMBER_ADDRESS",
                "ADDRESS",
                "ADDRESS_DAY",
                "COUNTRY",
                "TOTAL",
                "ADDRESS_WRONG_CODES",
                "TOTAL_WRONG_CODES")) {
            settings.put("SMS_LIMIT_" + limit, "1000000/1h");
        }
        return settings;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
