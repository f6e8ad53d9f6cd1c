package io.kriya.sms;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kriya.sms.SmsResult.NotSent;
import io.kriya.sms.SmsResult.Reason;
import io.kriya.sms.SmsResult.Sent;
import io.kriya.sms.SmsResult.Unknown;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.jboss.logging.Logger;

/** The HTTP client of the SMS providers: sends each request once, with one timeout for request and response. */
@ApplicationScoped
class GatewayClient {

    private static final Logger LOG = Logger.getLogger(GatewayClient.class);

    static final int MAX_BODY = 64 * 1024;

    private static final String LOOPBACK = "127.0.0.1";

    private static final byte[] RESPONSE =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient http;
    private final Duration timeout;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    GatewayClient(SmsConfig config, Clock clock) {
        this.clock = clock;
        timeout = config.timeout();
        http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                // Shorter than the whole timeout, as a connect timeout proves that nothing was sent.
                .connectTimeout(timeout.dividedBy(2))
                .build();
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }

    SmsResult post(String sender, HttpRequest request, Function<GatewayResponse, SmsResult> reading) {
        var head = new AtomicReference<ResponseInfo>();
        var call = http.sendAsync(request, reading(head));
        try {
            return read(
                    sender, call.get(timeout.toNanos(), TimeUnit.NANOSECONDS).body(), reading);
        } catch (ExecutionException failed) {
            if (head.get() != null) {
                // The body is too large or incomplete, so only the status is used.
                return read(sender, response(head.get(), new byte[0]), reading);
            }
            SmsResult result = isUnconnected(failed.getCause()) ? new NotSent(Reason.UNREACHABLE) : new Unknown();
            return logged(sender, result, "no answer");
        } catch (TimeoutException late) {
            call.cancel(true);
            return logged(sender, new Unknown(), "no answer in time");
        } catch (InterruptedException stopped) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            return logged(sender, new Unknown(), "interrupted");
        }
    }

    private BodyHandler<GatewayResponse> reading(AtomicReference<ResponseInfo> head) {
        return info -> {
            head.set(info);
            return BodySubscribers.mapping(
                    BodySubscribers.limiting(BodySubscribers.ofByteArray(), MAX_BODY), body -> response(info, body));
        };
    }

    private GatewayResponse response(ResponseInfo head, byte[] body) {
        return GatewayResponse.of(head, body, json, clock.instant());
    }

    private static SmsResult read(
            String sender, GatewayResponse response, Function<GatewayResponse, SmsResult> reading) {
        return logged(sender, reading.apply(response), response.toString());
    }

    /** Sends a request to a socket of this process, which responds like an SMS provider. */
    void warmUp() {
        try (var gateway = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK))) {
            var request = HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + gateway.getLocalPort()))
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            var call = http.sendAsync(request, reading(new AtomicReference<>()));
            gateway.setSoTimeout((int) timeout.toMillis());
            try (var connection = gateway.accept()) {
                connection.getInputStream().read(new byte[MAX_BODY]);
                connection.getOutputStream().write(RESPONSE);
                connection.shutdownOutput();
                call.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).join();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Nothing was sent: the name was not resolved, the connection refused, or the handshake failed. */
    private static boolean isUnconnected(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof SSLHandshakeException;
    }

    private static SmsResult logged(String sender, SmsResult result, String response) {
        if (!(result instanceof Sent)) {
            String code = result.errorCode() == SmsResult.NO_CODE ? "" : ", error code " + result.errorCode();
            LOG.warnf(
                    "A text was not sent, or may not have been: %s, %s (%s%s)", sender, result.kind(), response, code);
        }
        return result;
    }
}
