package io.kriya.bench;

import io.hyperfoil.http.api.HttpMethod;
import io.netty.util.AsciiString;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A kind of request.
 *
 * @param headers those that all requests have in common
 * @param token what the next request bears, or null
 * @param body the body of the next request, or null
 * @param status that answers have
 * @param answer what they contain
 */
record Call(
        HttpMethod method,
        String path,
        Map<AsciiString, AsciiString> headers,
        Supplier<String> token,
        Supplier<String> body,
        int status,
        String answer) {

    static Call post(String path, String key, Supplier<String> json, int status, String answer) {
        var type = Map.of(AsciiString.of("Content-Type"), AsciiString.of("application/json"));
        var typeAndKey = Map.of(
                AsciiString.of("Content-Type"), AsciiString.of("application/json"),
                AsciiString.of("X-API-Key"), AsciiString.of(key == null ? "" : key));
        return new Call(HttpMethod.POST, path, key == null ? type : typeAndKey, null, json, status, answer);
    }

    static Call get(String path, String answer) {
        return new Call(HttpMethod.GET, path, Map.of(), null, null, 200, answer);
    }

    /** @param credentials the name and the value of the header that has them */
    static Call form(String path, Map<String, String> credentials, Supplier<String> form, String answer) {
        var headers = new HashMap<AsciiString, AsciiString>();
        headers.put(AsciiString.of("Content-Type"), AsciiString.of("application/x-www-form-urlencoded"));
        credentials.forEach((name, value) -> headers.put(AsciiString.of(name), AsciiString.of(value)));
        return new Call(HttpMethod.POST, path, headers, null, form, 200, answer);
    }

    static Call delete(String path, Supplier<String> token, String answer) {
        return new Call(HttpMethod.DELETE, path, Map.of(), token, null, 200, answer);
    }

    byte[] bytes() {
        return body.get().getBytes(StandardCharsets.US_ASCII);
    }

    String authorization() {
        return "Bearer " + token.get();
    }

    /** Makes sure that it is answered as it should be. */
    void check(Service service) {
        HttpRequest.Builder request = service.request(path);
        headers.forEach((name, value) -> request.header(name.toString(), value.toString()));
        if (token != null) {
            request.header("Authorization", authorization());
        }
        request.method(method.name(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes()));
        var response = service.send(request);
        if (response.statusCode() != status || !response.body().contains(answer)) {
            throw new IllegalStateException(path + " answers " + response.statusCode() + " " + response.body());
        }
    }
}
