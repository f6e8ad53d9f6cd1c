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
 * @param ownHeader the name of a header whose value each request has for itself, or null
 * @param ownValue its value in the next request
 * @param body the body of the next request, or null
 * @param status that answers have
 * @param answer what they contain
 */
record Call(
        HttpMethod method,
        String path,
        Map<AsciiString, AsciiString> headers,
        AsciiString ownHeader,
        Supplier<String> ownValue,
        Supplier<String> body,
        int status,
        String answer) {

    /** The same with a header whose value each request has for itself. */
    Call with(String header, Supplier<String> value) {
        return new Call(method, path, headers, AsciiString.of(header), value, body, status, answer);
    }

    static Call post(String path, String key, Supplier<String> json, int status, String answer) {
        var type = Map.of(AsciiString.of("Content-Type"), AsciiString.of("application/json"));
        var typeAndKey = Map.of(
                AsciiString.of("Content-Type"), AsciiString.of("application/json"),
                AsciiString.of("X-API-Key"), AsciiString.of(key == null ? "" : key));
        return new Call(HttpMethod.POST, path, key == null ? type : typeAndKey, null, null, json, status, answer);
    }

    static Call get(String path, String answer) {
        return new Call(HttpMethod.GET, path, Map.of(), null, null, null, 200, answer);
    }

    /** @param credentials the name and the value of the header that has them */
    static Call form(String path, Map<String, String> credentials, Supplier<String> form, String answer) {
        var headers = new HashMap<AsciiString, AsciiString>();
        headers.put(AsciiString.of("Content-Type"), AsciiString.of("application/x-www-form-urlencoded"));
        credentials.forEach((name, value) -> headers.put(AsciiString.of(name), AsciiString.of(value)));
        return new Call(HttpMethod.POST, path, headers, null, null, form, 200, answer);
    }

    static Call delete(String path, Supplier<String> token, String answer) {
        return new Call(HttpMethod.DELETE, path, Map.of(), null, null, null, 200, answer)
                .with("Authorization", () -> "Bearer " + token.get());
    }

    byte[] bytes() {
        return body.get().getBytes(StandardCharsets.US_ASCII);
    }

    /** Makes sure that it is answered as it should be. */
    void check(Service service) {
        HttpRequest.Builder request = service.request(path);
        headers.forEach((name, value) -> request.header(name.toString(), value.toString()));
        if (ownHeader != null) {
            request.header(ownHeader.toString(), ownValue.get());
        }
        request.method(method.name(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes()));
        var response = service.send(request);
        if (response.statusCode() != status || !response.body().contains(answer)) {
            throw new IllegalStateException(path + " answers " + response.statusCode() + " " + response.body());
        }
    }
}
