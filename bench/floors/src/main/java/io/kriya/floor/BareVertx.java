package io.kriya.floor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A server of Vert.x alone that does the work of a validation from the cache: it parses the JSON, hashes the API key and
 * the token, compares the key, and answers the same body and headers.
 */
public final class BareVertx extends AbstractVerticle {

    private static final byte[] KEY = sha256(System.getenv("PLANE_API_KEY"));
    private static final Buffer VALID = Buffer.buffer(Answers.VALID);
    private static final Buffer HEALTHY = Buffer.buffer(Answers.HEALTHY);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json;charset=UTF-8");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");

    private final JsonFactory factory = new JsonFactory();

    public static void main(String[] arguments) {
        Vertx.vertx()
                .deployVerticle(
                        BareVertx::new,
                        new DeploymentOptions().setInstances(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE));
    }

    @Override
    public void start() {
        vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(Integer.parseInt(System.getenv("PORT")), "127.0.0.1");
    }

    private void handle(HttpServerRequest request) {
        if (request.method() == HttpMethod.GET) {
            respond(request, 200, HEALTHY);
            return;
        }
        String key = request.getHeader("X-API-Key");
        if (key == null || !MessageDigest.isEqual(KEY, sha256(key))) {
            respond(request, 403, HEALTHY);
            return;
        }
        request.body().onSuccess(body -> {
            // Compared with something, or the compiler might drop it.
            boolean isKey = MessageDigest.isEqual(KEY, sha256(token(body)));
            respond(request, isKey ? 404 : 200, VALID);
        });
    }

    private String token(Buffer body) {
        try (var parser = factory.createParser(body.getBytes())) {
            String token = "";
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                token = name.equals("token") ? parser.getText() : token;
            }
            return token;
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static void respond(HttpServerRequest request, int status, Buffer body) {
        var response = request.response().setStatusCode(status);
        response.headers()
                .set(HttpHeaders.CONTENT_TYPE, JSON)
                .set(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .set(OPTIONS, NO_SNIFF);
        response.end(body);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
