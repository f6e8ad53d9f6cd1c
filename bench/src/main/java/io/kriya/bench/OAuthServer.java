package io.kriya.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Another server that issues tokens and introspects them (RFC 6749 and 7662), for one client. */
record OAuthServer(Service service) implements AutoCloseable {

    static final String CLIENT = "gateway";
    static final String SECRET = "a-secret-of-the-benchmark-only";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, String> CREDENTIALS = Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.US_ASCII)));

    /** A token, by the client's credentials and what the form adds to them. */
    String token(String path, Map<String, String> form) throws IOException {
        return token(authorized(service.request(path)), form);
    }

    /** A token without the client's credentials. */
    String tokenOfPublicClient(String path, Map<String, String> form) throws IOException {
        return token(service.request(path), form);
    }

    private String token(HttpRequest.Builder request, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String answer = send(request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
        JsonNode token = JSON.readTree(answer).get("access_token");
        return token.asText();
    }

    private static HttpRequest.Builder authorized(HttpRequest.Builder request) {
        CREDENTIALS.forEach(request::header);
        return request;
    }

    /** Gets so many tokens, and returns the call that introspects them in turn. */
    Call introspect(String path, int count, String tokenPath, Map<String, String> form) throws IOException {
        var tokens = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            tokens.add(token(tokenPath, form));
        }
        var next = new int[1];
        return Call.form(path, CREDENTIALS, () -> "token=" + tokens.get(next[0]++ % tokens.size()), "\"active\":true");
    }

    String send(HttpRequest.Builder request) {
        var response = service.send(request);
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException("The peer answers " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        service.close();
    }
}
