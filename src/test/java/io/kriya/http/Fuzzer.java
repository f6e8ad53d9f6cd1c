package io.kriya.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kriya.Api;
import io.kriya.http.ApiDocument.Operation;
import io.kriya.http.Draft.Pair;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes requests of a description: such as should be answered well, and others with one thing wrong. */
final class Fuzzer {

    private static final List<String> TYPES = List.of(
            "1", "-0.5", "true", "null", "[]", "{}", "[\"a\"]", "{\"a\": {\"b\": 1}}", "NaN", "1e400", "''", "");

    private static final List<String> ODD_TEXTS = List.of(
            "\\u0000",
            "\\ud800",
            "\\udc00a",
            "\ud83d\ude00",
            "\u202e",
            "\u200d\u200b",
            "\ufeff",
            "\ufffe",
            "a\u0301",
            "\u0663\u0664",
            "\uff0b\uff11",
            "\u0130\u0131",
            "\\n\\t",
            "\t",
            "\\\"; drop table users; --",
            "<script>",
            "%s%n${x}#{y}",
            "{{7*7}}",
            "\u0000");

    private static final List<Integer> LENGTHS = List.of(0, 1, 15, 16, 99, 100, 101, 254, 255, 256, 10_000, 60_000);

    private static final List<String> CONTENT_TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "application/JSON;charset=\"utf-8\"",
            "application/vnd.api+json",
            "application/problem+json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "*/*",
            "application/*+json",
            "/",
            "json",
            ";",
            "application/json, text/plain",
            "a".repeat(1000));

    private static final List<Pair> ODD_HEADERS = List.of(
            new Pair("Accept", "text/html;q=x, */"),
            new Pair("Accept", "application/xml"),
            new Pair("Accept-Language", "*, -, de-;q=2, \u00ff"),
            new Pair("Accept-Language", "x".repeat(5000)),
            new Pair("Accept-Encoding", "gzip, br;q=0"),
            new Pair("Idempotency-Key", "short"),
            new Pair("Idempotency-Key", "\u00e9".repeat(16)),
            new Pair("Idempotency-Key", "k".repeat(256)),
            new Pair("Proof-Of-Work", ":"),
            new Pair("Proof-Of-Work", "k".repeat(64) + ":1"),
            new Pair("X-API-Key", ""),
            new Pair("X-API-Key", "\u00ff\u00fe"),
            new Pair("Authorization", ""),
            new Pair("Authorization", "Bearer"),
            new Pair("Authorization", "Bearer  "),
            new Pair("Authorization", "Basic"),
            new Pair("Authorization", "Basic %%%"),
            new Pair("Authorization", "Basic Og=="),
            new Pair("Authorization", "Basic \u00ff"),
            new Pair("Authorization", "Digest a=b"),
            new Pair("X-Forwarded-For", "not, an address, ::, 999.1.1.1"),
            new Pair("Forwarded", "for=\"[::1\";;by"),
            new Pair("X-Forwarded-Proto", "gopher"),
            new Pair("Origin", "null"),
            new Pair("Origin", "https://plane.example.com"),
            new Pair("Cookie", "a; b=; =c"),
            new Pair("Range", "bytes=5-1"),
            new Pair("If-None-Match", "*"),
            new Pair("X-HTTP-Method-Override", "DELETE"),
            new Pair("Content-Encoding", "gzip"),
            new Pair("Connection", "keep-alive, X-API-Key"),
            new Pair("Upgrade", "websocket"),
            new Pair("traceparent", "00-zz-zz-zz"),
            new Pair("X-Long", "l".repeat(20_000)),
            new Pair("X-Too-Long", "l".repeat(40_000)),
            new Pair("X-Odd", "\u0001"),
            new Pair("X Odd", "1"),
            new Pair("Host", "elsewhere"));

    private static final List<String> ODD_QUERIES = List.of(
            "token",
            "token=",
            "token=%zz",
            "token=%00",
            "token=%ff%fe",
            "token=%ed%a0%80",
            "=",
            "&&",
            "a=b;c=d",
            "%=1",
            "token=" + "t".repeat(10_000),
            "token=a&token=b",
            "token[]=a");

    /** Those that are no HTTP: a control character, a blank in a name, more than there may be of them. */
    private static final Set<String> MALFORMED_HEADERS = Set.of("X-Odd", "X Odd", "X-Too-Long");

    private static final List<Function<String, String>> PATHS = List.of(
            path -> path + "/",
            path -> path + ";x=y",
            path -> path + "//",
            path -> "/" + path,
            path -> path.toUpperCase(Locale.ROOT) + "X",
            path -> path + "/../nowhere",
            path -> path + "/nowhere",
            path -> path + "%2f",
            path -> path + "%00",
            path -> path + "%zz",
            path -> path + "\u00e9",
            path -> "/%6e" + path);

    private final Random random;
    private final ApiDocument document;
    private final World world;

    /** What there is in the Kriya that is asked, for requests that are to be answered well. */
    interface World {

        String token(Operation operation);

        String accessToken(Operation operation);

        /** The id of the session of the token that was last asked for. */
        String session();

        /** The fields of a request that have to be known. */
        Map<String, String> fieldsOf(Operation operation);
    }

    Fuzzer(long seed, ApiDocument document, World world) {
        random = new Random(seed);
        this.document = document;
        this.world = world;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A request of this operation that has nothing wrong. */
    Draft valid(Operation operation, String id) {
        var draft = new Draft(operation, id);
        // Most are strangers to each other.
        draft.headers.add(new Pair(
                "X-Forwarded-For",
                "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256))));
        prove(draft);
        for (JsonNode reference : operation.description().path("parameters")) {
            JsonNode parameter = document.resolved(reference);
            String name = parameter.get("name").asText();
            switch (name) {
                case "Idempotency-Key" -> {
                    if (random.nextInt(4) == 0) {
                        draft.headers.add(new Pair(name, "key-of-the-fuzzer-" + Long.toHexString(random.nextLong())));
                    }
                }
                case "token", "Proof-Of-Work" -> {}
                case "id" -> draft.path = draft.path.replace("{id}", world.session());
                default ->
                    draft.headers.add(new Pair(name, parameter.get("example").asText()));
            }
        }
        if (operation.description().has("requestBody")) {
            fill(
                    draft,
                    document.resolved(operation.description().get("requestBody"))
                            .get("content"));
        }
        return draft;
    }

    private void prove(Draft draft) {
        JsonNode security = draft.operation.description().path("security");
        if (security.isEmpty()) {
            return;
        }
        String scheme =
                security.get(random.nextInt(security.size())).fieldNames().next();
        switch (scheme) {
            case "apiKey" -> draft.headers.add(new Pair("X-API-Key", Api.KEY));
            case "accessToken" ->
                draft.headers.add(new Pair("Authorization", "Bearer " + world.accessToken(draft.operation)));
            case "loginToken" -> draft.headers.add(new Pair("Authorization", "Bearer " + world.token(draft.operation)));
            case "bearer" -> {
                if (random.nextBoolean()) {
                    draft.headers.add(new Pair("Authorization", "Bearer " + world.token(draft.operation)));
                } else {
                    draft.query.add(new Pair("token", world.token(draft.operation)));
                }
            }
            case "client" -> {
                String pair = Api.CLIENT.get("OAUTH_CLIENT_ID") + ":"
                        + URLEncoder.encode(Api.CLIENT.get("OAUTH_CLIENT_SECRET"), UTF_8);
                draft.headers.add(
                        new Pair("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8))));
            }
            default -> throw new IllegalStateException(scheme);
        }
    }

    private void fill(Draft draft, JsonNode content) {
        String type = content.fieldNames().next();
        draft.hasBody = true;
        draft.isForm = type.endsWith("urlencoded");
        draft.headers.add(new Pair("Content-Type", type));
        var known = world.fieldsOf(draft.operation);
        document.resolved(content.get(type).get("schema"))
                .get("properties")
                .properties()
                .forEach(field -> {
                    String name = field.getKey();
                    if (known.containsKey(name)) {
                        draft.fields.add(new Pair(name, encoded(draft, known.get(name))));
                    } else if (!draft.isForm && (name.equals("first_name") || random.nextBoolean())) {
                        draft.fields.add(new Pair(name, encoded(draft, made(name, field.getValue()))));
                    }
                });
    }

    private static String encoded(Draft draft, String text) {
        return draft.isForm
                ? URLEncoder.encode(text, UTF_8)
                : JsonNodeFactory.instance.textNode(text).toString();
    }

    private String made(String name, JsonNode schema) {
        if (name.equals("email")) {
            return "ada." + random.nextInt(1_000_000) + "@example.com";
        }
        if (schema.has("enum")) {
            // Not every deployment takes every value.
            return schema.path("examples").path(0).asText();
        }
        int length = 1 + random.nextInt(schema.path("maxLength").asInt(20));
        int first = any(List.of((int) 'a', 0x0430, 0x0905, 0x4e00, 0x1f600));
        return IntStream.range(0, length)
                .map(_ -> first + random.nextInt(20))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** The same, with one thing changed. */
    Draft mutated(Operation operation, String id) {
        Draft draft = valid(operation, id);
        int kind = random.nextInt(draft.hasBody ? 16 : 9);
        switch (kind) {
            case 0 -> changeHeader(draft);
            case 1 -> addHeader(draft);
            case 2 -> changeMethod(draft);
            case 3 -> changePath(draft);
            case 4 -> {
                draft.change = "query";
                draft.query.clear();
                String query = any(ODD_QUERIES);
                int equals = query.indexOf('=');
                draft.isMalformed = isMalformed(query);
                draft.query.add(new Pair(
                        equals < 0 ? query : query.substring(0, equals),
                        equals < 0 ? "" : query.substring(equals + 1)));
            }
            case 5, 6 -> changeBody(draft);
            case 7 -> changeContentType(draft);
            case 8 -> {
                draft.change = "cut off";
                draft.cut = 1 + random.nextInt(draft.hasBody ? 30 : 120);
            }
            default -> changeField(draft);
        }
        return draft;
    }

    /** A percent sign that no two digits follow. */
    private static boolean isMalformed(String target) {
        return target.matches(".*%(?![0-9a-f]{2}).*");
    }

    private void changeField(Draft draft) {
        Pair field = any(draft.fields);
        String name = field.name();
        switch (random.nextInt(6)) {
            case 0 -> {
                draft.change = "type of " + name;
                draft.replace(draft.fields, name, any(TYPES));
            }
            case 1 -> {
                draft.change = "length of " + name;
                String text = any(List.of("a", "1", "\u00e9", "+", " ")).repeat(any(LENGTHS));
                draft.replace(draft.fields, name, encoded(draft, text));
            }
            case 2 -> {
                draft.change = "characters of " + name;
                String odd = any(ODD_TEXTS);
                String value = field.value();
                draft.replace(
                        draft.fields,
                        name,
                        draft.isForm
                                ? value + any(List.of("%00", "%ff", "%zz", "%ed%a0%80", "+", "%", "\u00ff", odd))
                                : value.substring(0, value.length() - 1) + odd + "\"");
            }
            case 3 -> {
                draft.change = "without " + name;
                draft.remove(draft.fields, name);
            }
            case 4 -> {
                draft.change = "twice " + name;
                draft.fields.add(random.nextBoolean() ? field : new Pair(name, any(TYPES)));
            }
            default -> {
                draft.change = "unknown field";
                draft.fields.add(new Pair(
                        any(List.of("role", "__proto__", "n".repeat(90), "n".repeat(101), "a.b")), any(TYPES)));
            }
        }
    }

    private void changeHeader(Draft draft) {
        Pair header = any(draft.headers);
        switch (random.nextInt(4)) {
            case 0 -> {
                draft.change = "without " + header.name();
                draft.headers.remove(header);
            }
            case 1 -> {
                draft.change = "twice " + header.name();
                draft.headers.add(header);
            }
            case 2 -> {
                draft.change = "empty " + header.name();
                draft.replace(draft.headers, header.name(), "");
            }
            default -> {
                draft.change = "another " + header.name();
                draft.replace(
                        draft.headers, header.name(), header.value() + any(List.of(" ", "x", "\u00ff", ",", "\t=")));
            }
        }
    }

    private void addHeader(Draft draft) {
        Pair header = any(ODD_HEADERS);
        draft.change = "header " + header.name();
        if (!header.name().equals("Host")) {
            draft.remove(draft.headers, header.name());
        }
        draft.headers.add(header);
        draft.isMalformed = MALFORMED_HEADERS.contains(header.name());
    }

    private void changeMethod(Draft draft) {
        draft.method = any(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get"));
        draft.change = "method";
        draft.isOfOperation = draft.method.equals(draft.operation.method());
    }

    private void changePath(Draft draft) {
        int which = random.nextInt(PATHS.size());
        draft.path = PATHS.get(which).apply(draft.path);
        draft.change = "path";
        // Two slashes alone are no path of a URI.
        draft.isMalformed = isMalformed(draft.path) || draft.path.equals("//");
        // A slash and parameters are no other path.
        draft.isOfOperation = which < 2 && draft.operation.path().length() > 1;
    }

    private void changeContentType(Draft draft) {
        draft.change = "content type";
        draft.remove(draft.headers, "Content-Type");
        if (random.nextInt(5) > 0) {
            draft.headers.add(new Pair("Content-Type", any(CONTENT_TYPES)));
        }
    }

    private void changeBody(Draft draft) {
        byte[] whole = draft.bytesOfBody();
        draft.change = "body";
        switch (random.nextInt(9)) {
            case 0 -> draft.body = Arrays.copyOf(whole, random.nextInt(whole.length));
            case 1 ->
                draft.body = any(List.of("", "null", "[]", "[{}]", "\"a\"", "1", "{", "{}}", "{}{}", "\ufeff{}"))
                        .getBytes(UTF_8);
            case 2 -> draft.body = ("[".repeat(any(List.of(99, 101, 30_000)))).getBytes(UTF_8);
            case 3 ->
                draft.body = "{\"a\": %s}"
                        .formatted("1".repeat(any(List.of(999, 1001, 30_000))))
                        .getBytes(UTF_8);
            case 4 ->
                draft.body = " "
                        .repeat(any(List.of(65_535, 65_536, 65_537, 200_000)))
                        .getBytes(UTF_8);
            case 5 -> {
                draft.body = whole;
                draft.body[random.nextInt(whole.length)] =
                        any(List.of(0, 0x80, 0xc0, 0xff, 0xed)).byteValue();
            }
            case 6 -> {
                draft.body = new byte[1 + random.nextInt(500)];
                random.nextBytes(draft.body);
            }
            case 7 -> {
                draft.change = "chunked";
                draft.body = whole;
                draft.isChunked = true;
            }
            default -> {
                draft.change = "chunked";
                draft.body = "c"
                        .repeat(any(List.of(1, 5000, 65_536, 65_537, 100_000)))
                        .getBytes(UTF_8);
                draft.isChunked = true;
            }
        }
    }
}
