package io.kriya.oauth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import io.kriya.loginpage.Person;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** A stock Plane: what its browser redirect and its server send, to the byte. */
public final class Plane {

    public static final String ID = Api.CLIENT.get("OAUTH_CLIENT_ID");
    public static final String SECRET = Api.CLIENT.get("OAUTH_CLIENT_SECRET");

    private static final String AGENT = "User-Agent: python-requests/2.32.3\r\nAccept-Encoding: gzip, deflate\r\n";

    private Plane() {}

    /** An answer, as it came. */
    public record Answer(int status, String head, String body) {

        public JsonPath json() {
            return JsonPath.from(body);
        }
    }

    /** 32 hexadecimal digits. */
    public static String state() {
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** The query that browsers are sent to Kriya with. */
    public static String query(String state) {
        return encode(request(state));
    }

    public static Map<String, String> request(String state) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", ID);
        query.put("redirect_uri", Api.CALLBACK);
        query.put("response_type", "code");
        query.put("scope", "read_user");
        query.put("state", state);
        return query;
    }

    public static Map<String, String> exchange(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", ID);
        form.put("client_secret", SECRET);
        form.put("code", code);
        form.put("redirect_uri", Api.CALLBACK);
        form.put("grant_type", "authorization_code");
        return form;
    }

    /** As Python's urlencode does. */
    public static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The third step. */
    public static Answer token(KriyaProcess kriya, Map<String, String> form, String... headers) {
        return form(kriya, "/oauth/token", form, headers);
    }

    public static Answer form(KriyaProcess kriya, String path, Map<String, String> form, String... headers) {
        return form(kriya, path, encode(form), headers);
    }

    /** A form as it is sent, of bytes. */
    public static Answer form(KriyaProcess kriya, String path, String body, String... headers) {
        return send(
                kriya,
                "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + kriya.port() + "\r\n" + AGENT
                        + "Accept: application/json\r\nConnection: keep-alive\r\n" + lines(headers) + "Content-Length: "
                        + body.length() + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + body);
    }

    /** The fourth step. */
    public static Answer user(KriyaProcess kriya, String token) {
        return send(
                kriya,
                "GET /api/v4/user HTTP/1.1\r\nHost: 127.0.0.1:" + kriya.port() + "\r\n" + AGENT
                        + "Accept: */*\r\nConnection: keep-alive\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }

    private static String lines(String... headers) {
        var lines = new StringBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            lines.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        return lines.toString();
    }

    /** A request of bytes, and what comes back. */
    static Answer send(KriyaProcess kriya, String request) {
        try (var socket = new Socket("127.0.0.1", kriya.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            var input = socket.getInputStream();
            var head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                int next = input.read();
                if (next < 0) {
                    throw new IOException("ended after " + head);
                }
                head.append((char) next);
            }
            int length = head.toString()
                    .lines()
                    .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                    .map(line -> Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).strip()))
                    .findFirst()
                    .orElse(0);
            String body = new String(input.readNBytes(length), UTF_8);
            return new Answer(Integer.parseInt(head.substring(9, 12)), head.toString(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Somebody logs in; the code that Plane is given. */
    public static String codeFor(Deployment kriya, String number, String name) {
        return codeFor(kriya, number, name, request(state()));
    }

    public static String codeFor(Deployment kriya, String number, String name, Map<String, String> request) {
        kriya.coolDown();
        var person = new Person(kriya)
                .open(encode(request))
                .submit("", "phone_number", number)
                .submit("/code", "code", kriya.codeOf(number));
        if (person.status() == 200) {
            person.submit("/name", "name", name);
        }
        return person.given("code");
    }

    /** Somebody logs in; the access token that Plane gets. */
    public static String tokenFor(Deployment kriya, String number, String name) {
        return token(kriya.one(), exchange(codeFor(kriya, number, name))).json().getString("access_token");
    }
}
