package io.kriya.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.account.PhoneNumber;
import io.kriya.sms.FakeGateway.Behaviour;
import io.kriya.sms.SmsResult.NotSent;
import io.kriya.sms.SmsResult.Reason;
import io.kriya.sms.SmsResult.Sent;
import io.kriya.sms.SmsResult.Unknown;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every sender that talks to a gateway. */
abstract class GatewayTests {

    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.5Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String NUMBER = "+12025550123";
    static final String TEXT = "Código 271828 & „mehr“ = 100 %\n\n@kriya.example #271828";
    static final SmsMessage MESSAGE = message(Optional.empty(), Optional.empty());

    static SmsMessage message(Optional<String> sender, Optional<String> templateId) {
        var content =
                new SmsContent("271828", Locale.ENGLISH, TEXT, "Your <Kriya & Co> code: {code}", sender, templateId);
        return new SmsMessage(new PhoneNumber(NUMBER), content, "6f1c2d3e-0000-4000-8000-00000000abcd");
    }

    final FakeGateway gateway = FakeGateway.start();
    private final List<GatewayClient> clients = new ArrayList<>();

    @AfterEach
    void theGatewayEnds() {
        clients.forEach(GatewayClient::close);
        gateway.close();
    }

    /** The sender under test. */
    abstract SmsSender sender(SmsConfig config, GatewayClient client);

    /** The key of its URL. */
    abstract String urlKey();

    final SmsSender sender(Map<String, String> keys) {
        var config = TestSmsConfig.of(gateway, keys);
        var client = new GatewayClient(config, CLOCK);
        clients.add(client);
        return sender(config, client);
    }

    final SmsResult send(Map<String, String> keys) {
        return sender(keys).send(MESSAGE);
    }

    final SmsResult send() {
        return send(Map.of());
    }

    static NotSent notSent(Reason reason) {
        return notSent(reason, SmsResult.NO_CODE);
    }

    static NotSent notSent(Reason reason, int errorCode) {
        return new NotSent(reason, Optional.empty(), errorCode);
    }

    static NotSent rateLimited(Duration wait, int errorCode) {
        return new NotSent(Reason.RATE_LIMITED, Optional.of(wait), errorCode);
    }

    String expectedText() {
        return TEXT;
    }

    /** What a refusal means to this sender. */
    Reason expected(Reason reason) {
        return reason;
    }

    /** The error code that the gateway of the tests gives with this behaviour. */
    abstract int errorCode(Behaviour behaviour);

    @Test
    void whatTheGatewayTakesIsSent() {
        assertThat(send()).isEqualTo(new Sent());
        assertThat(gateway.received()).hasSize(1);
        assertThat(gateway.last().method()).isEqualTo("POST");
        assertThat(gateway.last().to()).isEqualTo(NUMBER);
        assertThat(gateway.last().text()).contains(expectedText());
        assertThat(gateway.lastCode()).isEqualTo("271828");
    }

    @Test
    void aSenderIsUsedManyTimes() {
        var sender = sender(Map.of());
        assertThat(sender.send(MESSAGE)).isEqualTo(new Sent());
        gateway.respondWith(Behaviour.CUT);
        assertThat(sender.send(MESSAGE)).isEqualTo(new Unknown());
        gateway.respondWith(Behaviour.SUCCESS);
        assertThat(sender.send(MESSAGE)).isEqualTo(new Sent());
    }

    @ParameterizedTest
    @CsvSource({"INVALID_PHONE_NUMBER, INVALID_PHONE_NUMBER", "REJECTED, REJECTED", "CLOSED, UNREACHABLE"})
    void aTypedFailureSaysThatNothingWasSent(Behaviour behaviour, Reason reason) {
        gateway.respondWith(behaviour);
        assertThat(send()).isEqualTo(notSent(expected(reason), errorCode(behaviour)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"FAULT", "GARBAGE", "NOISE", "CUT", "HALF"})
    void whatMayHaveBeenSentIsNotTriedAgain(Behaviour behaviour) {
        gateway.respondWith(behaviour);
        assertThat(send()).isEqualTo(new Unknown(errorCode(behaviour)));
        assertThat(gateway.received()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"SLOW", "STALLED"})
    void anAnswerThatDoesNotComeInTimeIsUnknown(Behaviour behaviour) {
        gateway.respondWith(behaviour);
        assertThat(send(Map.of("timeout-millis", "3000"))).isEqualTo(new Unknown());
        assertThat(gateway.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        gateway.respondWith(status, "Location: " + gateway.url() + "/elsewhere", "");
        assertThat(send()).isEqualTo(new Unknown());
        assertThat(gateway.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 410, 422})
    void aRefusalWithoutAReasonIsARejection(int status) {
        gateway.respondWith(status, "", "");
        assertThat(send()).isEqualTo(notSent(Reason.REJECTED));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aFaultOfTheGatewayIsUnknown(int status) {
        gateway.respondWith(
                status,
                "Retry-After: 5",
                "{\"code\": 21211, \"error_code\": 21211, \"error\": {\"code\": 21211}, \"status\": \"rejected\"}");
        assertThat(send()).isEqualTo(new Unknown(21211));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 499})
    void aTimeoutThatAProxyReportsIsUnknown(int status) {
        gateway.respondWith(
                status,
                "",
                "{\"code\": 21211, \"error_code\": 21211, \"error\": {\"code\": 21211}, \"status\": \"rejected\"}");
        assertThat(send()).isEqualTo(new Unknown(21211));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            7                             | PT7S
            0                             | PT0S
            Wed, 04 Mar 2026 05:06:37 GMT | PT29.5S
            Wed, 04 Mar 2026 05:06:00 GMT | PT0S""")
    void aGatewayThatWasAskedTooOftenSaysForHowLong(String header, Duration wait) {
        gateway.respondWith(429, "Retry-After: " + header, "");
        assertThat(send()).isEqualTo(rateLimited(wait, SmsResult.NO_CODE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Retry-After: soon", "Retry-After: -1", "Retry-After: 99999999999", "Retry-After: 1.5"})
    void aGatewayThatWasAskedTooOftenMaySayNothingElse(String header) {
        gateway.respondWith(429, header, "");
        assertThat(send()).isEqualTo(notSent(Reason.RATE_LIMITED));
    }

    /** It may be a number of a person, or anything else. */
    @ParameterizedTest
    @ValueSource(strings = {"12025550123", "\"+12025550123\"", "1234567", "-5", "21.5", "\"a1\"", "[21211]", "null"})
    void anErrorCodeOfMoreThanSixDigitsOrOfAnythingElseIsNone(String code) {
        gateway.respondWith(
                403, "", "{\"code\": %s, \"error_code\": %1$s, \"error\": {\"code\": %1$s}}".formatted(code));
        try (var log = new CapturedLog()) {
            assertThat(send()).isEqualTo(notSent(Reason.REJECTED));
            assertThat(log.lines()).singleElement().asString().endsWith("(status 403)");
        }
    }

    @Test
    void anAnswerWithoutEndIsNotReadToTheEnd() {
        String endless = "x".repeat(GatewayClient.MAX_BODY * 4);
        gateway.respondWith(403, "", endless);
        assertThat(send()).isEqualTo(notSent(Reason.REJECTED));
        gateway.respondWith(200, "", "{\"sid\": \"SM1\", \"status\": \"ok\", \"more\": \"" + endless + "\"}");
        assertThat(send()).isEqualTo(new Unknown());
    }

    @Test
    void aNameThatNobodyKnowsIsUnreachable() {
        // No part of a name has 64 letters, so nobody needs to be asked.
        assertThat(send(Map.of(urlKey(), "http://" + "a".repeat(64) + ".example")))
                .isEqualTo(notSent(Reason.UNREACHABLE));
    }

    @Test
    void aConnectionThatIsNotTakenIsUnreachable() throws IOException {
        try (var full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var waiting = fill(full);
            assertThat(send(Map.of(urlKey(), "http://127.0.0.1:" + full.getLocalPort(), "timeout-millis", "2000")))
                    .isEqualTo(notSent(Reason.UNREACHABLE));
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Connects until nobody else can. */
    private static List<Socket> fill(ServerSocket server) throws IOException {
        var sockets = new ArrayList<Socket>();
        while (true) {
            var socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 300);
            } catch (SocketTimeoutException full) {
                return sockets;
            }
        }
    }

    @Test
    void aGatewayThatCanNotProveWhoItIsIsUnreachable() throws IOException {
        // A TLS alert: fatal, handshake failure.
        byte[] alert = {21, 3, 3, 0, 2, 2, 40};
        try (var server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    try (var socket = server.accept()) {
                        socket.getInputStream().read();
                        socket.getOutputStream().write(alert);
                        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException gone) {
                        // The client, or the server.
                    }
                }
            });
            assertThat(send(Map.of(urlKey(), "https://127.0.0.1:" + server.getLocalPort())))
                    .isEqualTo(notSent(Reason.UNREACHABLE));
        }
    }

    @Test
    void aSendThatIsInterruptedIsUnknown() {
        gateway.respondWith(Behaviour.SLOW);
        Thread.currentThread().interrupt();
        assertThat(send()).isEqualTo(new Unknown());
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Behaviour.class,
            names = {"SLOW", "STALLED"},
            mode = EnumSource.Mode.EXCLUDE)
    void aFailureIsLoggedOnceAndSaysNothingOfThePerson(Behaviour behaviour) {
        gateway.respondWith(behaviour);
        try (var log = new CapturedLog()) {
            var result = send();
            if (result instanceof Sent) {
                assertThat(log.lines()).isEmpty();
            } else {
                assertThat(log.lines()).singleElement().satisfies(line -> assertThat(line)
                        .startsWith("WARN ")
                        .contains(sender(Map.of()).name(), result.kind())
                        .matches(text -> text.contains("error code " + result.errorCode())
                                == (result.errorCode() != SmsResult.NO_CODE))
                        .doesNotContain("202555", "271828", FakeGateway.AUTH_TOKEN, "whsec_", "127.0.0.1"));
            }
        }
    }

    @Test
    void nothingThatIsPrintedNamesASecretOrAPerson() {
        assertThat(sender(Map.of()).toString() + MESSAGE + WebhookSecret.parse(FakeGateway.WEBHOOK_SECRET))
                .doesNotContain(
                        "202555",
                        "271828",
                        FakeGateway.AUTH_TOKEN,
                        FakeGateway.WEBHOOK_SECRET.substring("whsec_".length()));
    }
}
