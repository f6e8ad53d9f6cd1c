package io.kriya.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kriya.Ports;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * What Kriya sends texts through, on this machine: Twilio's API below {@code /2010-04-01/}, Meta's below {@code /v23.0/}, a
 * receiver of webhooks everywhere else. It lets in only who knows the secret, remembers every request, and fails in every way one can ask for.
 */
public final class FakeGateway implements AutoCloseable {

    public static final String ACCOUNT_SID = "AC" + "0123456789abcdef".repeat(2);
    public static final String AUTH_TOKEN = "the-token+of/twilio:with&signs";
    public static final String FROM = "+15005550006";
    public static final String WEBHOOK_SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("the webhook secret of the tests?".getBytes(UTF_8));
    public static final String WHATSAPP_NUMBER_ID = "106540352242922";
    public static final String WHATSAPP_TOKEN = "EAAJB-the-token";
    public static final String WHATSAPP_TEMPLATE = "kriya_code";
    public static final int RETRY_AFTER_SECONDS = 7;

    private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{6}(?![0-9])");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How it treats what comes. */
    public enum Behaviour {
        SUCCESS,
        INVALID_PHONE_NUMBER,
        /** 429, with a {@code Retry-After} of {@link #RETRY_AFTER_SECONDS}. */
        RATE_LIMITED,
        REJECTED,
        /** 500. */
        FAULT,
        /** 200, and a web page. */
        GARBAGE,
        /** What is not HTTP. */
        NOISE,
        /** The connection ends without an answer. */
        CUT,
        /** The answer begins like a success, and ends in the middle. */
        HALF,
        /** No answer, for as long as the gateway lives. */
        SLOW,
        /** The answer begins like a success, and goes on no more, for as long as the gateway lives. */
        STALLED,
        /** Nobody listens. */
        CLOSED
    }

    /**
     * A request.
     *
     * @param headers found in any case
     * @param fields of the form, or of the JSON object
     */
    public record Received(
            String method, String path, Map<String, String> headers, Map<String, String> fields, String body) {

        public boolean isTwilio() {
            return path.startsWith("/2010-04-01/");
        }

        public boolean isCall() {
            return path.endsWith("/Calls.json");
        }

        public boolean isWhatsApp() {
            return path.startsWith("/v23.0/");
        }

        public String to() {
            return isWhatsApp() ? "+" + fields.get("to") : fields.get(isTwilio() ? "To" : "to");
        }

        /** Of a call with its digits together; of WhatsApp what the template is filled in with. */
        public String text() {
            if (isCall()) {
                return fields.get("Twiml").replaceAll("(?<=[0-9]), (?=[0-9])", "");
            }
            return isWhatsApp()
                    ? body.substring(body.indexOf("\"components\""))
                    : fields.get(isTwilio() ? "Body" : "text");
        }
    }

    private record Answer(int status, String header, String body) {}

    private final int port = Ports.free();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile ServerSocket server;
    private Future<?> accepting;
    private volatile Behaviour behaviour = Behaviour.SUCCESS;
    private volatile Answer fixed;

    private FakeGateway() {
        listen();
    }

    public static FakeGateway start() {
        return new FakeGateway();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Everything that came, the oldest first. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    public Received last() {
        return received.getLast();
    }

    /** The six digits in the text that came last. */
    public String lastCode() {
        return CODE.matcher(last().text())
                .results()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No code in " + last()))
                .group();
    }

    /** Treats whatever comes from now on so. */
    public void respondWith(Behaviour behaviour) {
        fixed = null;
        this.behaviour = behaviour;
        if (behaviour == Behaviour.CLOSED) {
            stopListening();
        } else if (server.isClosed()) {
            listen();
        }
    }

    /** Answers whatever comes from now on with just this; the header is one line, or empty. */
    public void respondWith(int status, String header, String body) {
        respondWith(Behaviour.SUCCESS);
        fixed = new Answer(status, header, body);
    }

    /** The environment of a Kriya that sends by Twilio. */
    public Map<String, String> twilio() {
        return Map.of(
                "SMS_SENDERS",
                "twilio",
                // The machine that the tests run on may be slow; that is not what they look for.
                "SMS_TIMEOUT_MILLIS",
                "20000",
                "TWILIO_ACCOUNT_SID",
                ACCOUNT_SID,
                "TWILIO_AUTH_TOKEN",
                AUTH_TOKEN,
                "TWILIO_FROM",
                FROM,
                "TWILIO_BASE_URL",
                url());
    }

    /** The environment of a Kriya that sends by a webhook. */
    public Map<String, String> webhook() {
        return Map.of(
                "SMS_SENDERS",
                "webhook",
                "SMS_TIMEOUT_MILLIS",
                "20000",
                "SMS_WEBHOOK_URL",
                url() + "/sms",
                "SMS_WEBHOOK_SECRET",
                WEBHOOK_SECRET);
    }

    /** The environment of a Kriya that has WhatsApp and calls, too. */
    public Map<String, String> otherChannels() {
        return Map.of(
                "WHATSAPP_PHONE_NUMBER_ID",
                WHATSAPP_NUMBER_ID,
                "WHATSAPP_ACCESS_TOKEN",
                WHATSAPP_TOKEN,
                "WHATSAPP_TEMPLATE",
                WHATSAPP_TEMPLATE,
                "WHATSAPP_LANGUAGES",
                "en,pt_BR",
                "WHATSAPP_BASE_URL",
                url() + "/v23.0");
    }

    @Override
    public void close() {
        stopListening();
        for (Socket socket : sockets) {
            close(socket);
        }
        threads.close();
    }

    private void listen() {
        try {
            server = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var listening = server;
        accepting = threads.submit(() -> accept(listening));
    }

    private void stopListening() {
        try {
            server.close();
            // Only then is the port closed.
            accepting.get();
        } catch (IOException | InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                // Nobody listens any more.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            Received request = read(in);
            received.add(request);
            out.write(answer(request).getBytes(UTF_8));
            out.flush();
            if (behaviour == Behaviour.SLOW || behaviour == Behaviour.STALLED) {
                // Until one of both goes.
                in.read();
            }
        } catch (IOException gone) {
            // The client, or the end of a test.
        }
    }

    private static Received read(InputStream in) throws IOException {
        String[] start = line(in).split(" ");
        if (start.length != 3) {
            throw new IOException("no request");
        }
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        String body = new String(in.readNBytes(length), UTF_8);
        boolean isJson = headers.getOrDefault("Content-Type", "").startsWith("application/json");
        return new Received(start[0], start[1], headers, isJson ? json(body) : form(body), body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static Map<String, String> form(String body) {
        var fields = new TreeMap<String, String>();
        for (String field : body.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(URLDecoder.decode(parts[0], UTF_8), parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        return fields;
    }

    private static Map<String, String> json(String body) throws IOException {
        var fields = new TreeMap<String, String>();
        JsonNode object = JSON.readTree(body);
        object.properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return fields;
    }

    private String answer(Received request) {
        Answer answer = fixed;
        if (answer != null) {
            return http(answer);
        }
        if (request.isWhatsApp()) {
            return asMeta(request);
        }
        if (!isLetIn(request)) {
            return http(new Answer(401, "", "{\"code\": 20003, \"message\": \"Authenticate\", \"status\": 401}"));
        }
        String success = http(request.isTwilio() ? asTwilio(request) : new Answer(200, "", "{\"status\": \"ok\"}"));
        return switch (behaviour) {
            case SUCCESS -> success;
            case INVALID_PHONE_NUMBER, REJECTED, RATE_LIMITED ->
                http(request.isTwilio() ? refusedAsTwilio(request) : refusedAsReceiver());
            case FAULT -> http(new Answer(500, "", "{\"code\": 20500, \"status\": 500}"));
            case GARBAGE -> http(new Answer(200, "", "<!doctype html><title>Welcome to nginx!</title>"));
            case NOISE -> "220 smtp.example.com ESMTP\r\n";
            case HALF, STALLED -> success.substring(0, success.length() - 5);
            case CUT, SLOW, CLOSED -> "";
        };
    }

    private static boolean isLetIn(Received request) {
        if (request.isTwilio()) {
            String credentials = Base64.getEncoder().encodeToString((ACCOUNT_SID + ":" + AUTH_TOKEN).getBytes(UTF_8));
            return ("Basic " + credentials).equals(request.headers().get("Authorization"))
                    && request.path().matches("/2010-04-01/Accounts/" + ACCOUNT_SID + "/(Messages|Calls)\\.json");
        }
        return StandardWebhook.isSigned(request, WEBHOOK_SECRET);
    }

    private static Answer asTwilio(Received request) {
        var message = JsonNodeFactory.instance.objectNode();
        message.put("sid", (request.isCall() ? "CA" : "SM") + "fedcba9876543210".repeat(2))
                .put("account_sid", ACCOUNT_SID);
        message.put("to", request.to()).put("body", request.text()).put("direction", "outbound-api");
        message.put("from", request.fields().get("From"));
        message.put("messaging_service_sid", request.fields().get("MessagingServiceSid"));
        message.put("status", request.fields().containsKey("MessagingServiceSid") ? "accepted" : "queued");
        message.putNull("error_code").putNull("error_message");
        return new Answer(201, "", message.toString());
    }

    private Answer refusedAsTwilio(Received request) {
        return switch (behaviour) {
            case INVALID_PHONE_NUMBER -> new Answer(400, "", """
                        {"code": 21211, "message": "The 'To' number %s is not a valid phone number.", \
                        "more_info": "https://www.twilio.com/docs/errors/21211", "status": 400}""".formatted(request.to()));
            case RATE_LIMITED ->
                new Answer(
                        429,
                        "Retry-After: " + RETRY_AFTER_SECONDS,
                        "{\"code\": 20429, \"message\": \"Too Many Requests\", \"status\": 429}");
            default -> new Answer(400, "", """
                        {"code": 21408, "message": "Permission to send an SMS has not been enabled for the region", \
                        "status": 400}""");
        };
    }

    /** Takes a template with the code in its body and in its button, of a number that it knows. */
    private String asMeta(Received request) {
        String success = http(new Answer(200, "", """
                {"messaging_product": "whatsapp", "contacts": [{"input": "%s", "wa_id": "%1$s"}], \
                "messages": [{"id": "wamid.HBgLMTIwMg==", "message_status": "accepted"}]}""".formatted(request.fields().get("to"))));
        if (!("Bearer " + WHATSAPP_TOKEN).equals(request.headers().get("Authorization"))) {
            return http(metaError(401, "", 190));
        }
        if (!request.path().equals("/v23.0/" + WHATSAPP_NUMBER_ID + "/messages") || !isTemplate(request)) {
            return http(metaError(400, "", 100));
        }
        return switch (behaviour) {
            case SUCCESS -> success;
            case INVALID_PHONE_NUMBER -> http(metaError(400, "", 131026));
            case RATE_LIMITED -> http(metaError(429, "Retry-After: " + RETRY_AFTER_SECONDS, 130429));
            case REJECTED -> http(metaError(404, "", 132001));
            case FAULT -> http(metaError(500, "", 131000));
            case GARBAGE -> http(new Answer(200, "", "<!doctype html><title>Welcome to nginx!</title>"));
            case NOISE -> "220 smtp.example.com ESMTP\r\n";
            case HALF, STALLED -> success.substring(0, success.length() - 5);
            case CUT, SLOW, CLOSED -> "";
        };
    }

    private static boolean isTemplate(Received request) {
        try {
            JsonNode message = JSON.readTree(request.body());
            JsonNode template = message.path("template");
            JsonNode body = template.path("components").path(0);
            JsonNode button = template.path("components").path(1);
            return message.path("messaging_product").asText().equals("whatsapp")
                    && message.path("type").asText().equals("template")
                    && template.path("name").asText().equals(WHATSAPP_TEMPLATE)
                    && template.path("language").path("code").isTextual()
                    && body.path("type").asText().equals("body")
                    && button.path("type").asText().equals("button")
                    && button.path("sub_type").asText().equals("url")
                    && body.path("parameters").equals(button.path("parameters"))
                    && body.path("parameters").path(0).path("text").asText().matches("[0-9]{6}");
        } catch (IOException malformed) {
            return false;
        }
    }

    private static Answer metaError(int status, String header, int code) {
        return new Answer(
                status,
                header,
                "{\"error\": {\"message\": \"(#%d)\", \"type\": \"OAuthException\", \"code\": %1$d, \"fbtrace_id\": \"A\"}}"
                        .formatted(code));
    }

    private Answer refusedAsReceiver() {
        return switch (behaviour) {
            case INVALID_PHONE_NUMBER -> new Answer(200, "", "{\"status\": \"invalid_phone_number\"}");
            case RATE_LIMITED -> new Answer(429, "Retry-After: " + RETRY_AFTER_SECONDS, "");
            default -> new Answer(200, "", "{\"status\": \"rejected\"}");
        };
    }

    private static String http(Answer answer) {
        return "HTTP/1.1 " + answer.status() + " Whatever\r\n"
                + "Content-Type: application/json\r\n"
                + "Content-Length: " + answer.body().getBytes(UTF_8).length + "\r\n"
                + "Connection: close\r\n"
                + (answer.header().isEmpty() ? "" : answer.header() + "\r\n")
                + "\r\n"
                + answer.body();
    }
}
