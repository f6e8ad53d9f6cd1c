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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.jboss.logging.Logger;

/** Posts to gateways: each request once, and within one time limit, its answer included. */
@ApplicationScoped
class GatewayClient {

    private static final Logger LOG = Logger.getLogger(GatewayClient.class);

    static final int MOST_BYTES = 64 * 1024;

    private static final String LOOPBACK = "127.0.0.1";

    private static final byte[] ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient http;
    private final Duration limit;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    GatewayClient(SmsConfig config, Clock clock) {
        this.clock = clock;
        limit = config.timeout();
        http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                // Sooner than the limit of the whole: what was never connected to has sent nothing.
                .connectTimeout(limit.dividedBy(2))
                .build();
    }

    @PreDestroy
    void close() {
        http.shutdownNow();
    }

    SmsResult post(String sender, HttpRequest request, Function<GatewayAnswer, SmsResult> reading) {
        var call = http.sendAsync(request, _ -> new FirstBytes(MOST_BYTES));
        try {
            var response = call.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            var answer = GatewayAnswer.of(response, json, clock.instant());
            return logged(sender, reading.apply(answer), answer.toString());
        } catch (ExecutionException failed) {
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

    /** Posts to this machine, which answers like a gateway. */
    void tryOut() throws IOException {
        try (var gateway = new ServerSocket(0, 1, InetAddress.ofLiteral(LOOPBACK))) {
            var request = HttpRequest.newBuilder(URI.create("http://" + LOOPBACK + ":" + gateway.getLocalPort()))
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            var call = http.sendAsync(request, _ -> new FirstBytes(MOST_BYTES));
            gateway.setSoTimeout((int) limit.toMillis());
            try (var connection = gateway.accept()) {
                connection.getInputStream().read(new byte[MOST_BYTES]);
                connection.getOutputStream().write(ANSWER);
                connection.shutdownOutput();
                GatewayAnswer.of(
                        call.orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).join(), json, clock.instant());
            }
        }
    }

    /** Nothing of a request is sent before the name is known, the connection there and the handshake done. */
    private static boolean isUnconnected(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof SSLHandshakeException;
    }

    private static SmsResult logged(String sender, SmsResult result, String answer) {
        if (!(result instanceof Sent)) {
            LOG.warnf("A text was not sent, or may not have been: %s, %s (%s)", sender, result.kind(), answer);
        }
        return result;
    }
}
