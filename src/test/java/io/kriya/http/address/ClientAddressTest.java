package io.kriya.http.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static final String PROXY = "10.0.0.1";
    private static final List<String> NONE = List.of();

    private final ClientAddress clients = behind("10.0.0.0/8", "2001:db8:ffff::/48");

    private static ClientAddress behind(String... proxies) {
        return new ClientAddress(() -> Optional.of(List.of(proxies)));
    }

    private String forwarded(String... lines) {
        return clients.of(InetAddress.ofLiteral(PROXY), List.of(lines), NONE).address();
    }

    private String xForwardedFor(String... lines) {
        return clients.of(InetAddress.ofLiteral(PROXY), NONE, List.of(lines)).address();
    }

    @Test
    void theAddressIsThatOfTheConnection() {
        assertThat(clients.of(InetAddress.ofLiteral("203.0.113.7"), NONE, NONE).address())
                .isEqualTo("203.0.113.7");
    }

    @Test
    void manyAddressesOfOneIpv6NetworkAreOneKey() {
        assertThat(List.of("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:DB8:1:2:0:0:0:1"))
                .allSatisfy(address -> assertThat(clients.of(InetAddress.ofLiteral(address), NONE, NONE)
                                .address())
                        .isEqualTo("2001:db8:1:2::/64"));
        assertThat(clients.of(InetAddress.ofLiteral("2001:db8:1:3::1"), NONE, NONE)
                        .address())
                .isEqualTo("2001:db8:1:3::/64");
        assertThat(clients.of(InetAddress.ofLiteral("::1"), NONE, NONE).address())
                .isEqualTo("0:0:0:0::/64");
    }

    @Test
    void aSiteHasOneNetworkOf48Bits() {
        assertThat(clients.of(InetAddress.ofLiteral("2001:db8:1:2::1"), NONE, NONE)
                        .network())
                .isEqualTo("2001:db8:1::/48");
        assertThat(clients.of(InetAddress.ofLiteral("203.0.113.7"), NONE, NONE).network())
                .isEqualTo("203.0.113.7");
    }

    @Test
    void anIpv4AddressIsOneKeyAlsoMappedIntoIpv6() {
        assertThat(clients.of(InetAddress.ofLiteral("::ffff:203.0.113.7"), NONE, NONE)
                        .address())
                .isEqualTo("203.0.113.7");
        assertThat(xForwardedFor("::ffff:203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(xForwardedFor("[::FFFF:cb00:7107]:80")).isEqualTo("203.0.113.7");
    }

    @Test
    void whoIsNoTrustedProxyIsNotBelieved() {
        var peer = InetAddress.ofLiteral("203.0.113.7");
        assertThat(clients.of(peer, List.of("for=198.51.100.1"), List.of("198.51.100.1"))
                        .address())
                .isEqualTo("203.0.113.7");
        assertThat(new ClientAddress(Optional::empty)
                        .of(peer, NONE, List.of("198.51.100.1"))
                        .address())
                .isEqualTo("203.0.113.7");
        assertThat(new ClientAddress(Optional::empty)
                        .of(InetAddress.ofLiteral(PROXY), List.of("for=198.51.100.1"), NONE)
                        .address())
                .isEqualTo(PROXY);
    }

    @Test
    void aTrustedProxyIsBelieved() {
        assertThat(xForwardedFor("203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(forwarded("for=203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(clients.of(InetAddress.ofLiteral("2001:db8:ffff::1"), NONE, List.of("2001:db8:1:2::3"))
                        .address())
                .isEqualTo("2001:db8:1:2::/64");
    }

    @Test
    void whatAClientWroteBeforeItsProxyDidIsNotBelieved() {
        assertThat(xForwardedFor("198.51.100.1, 203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(xForwardedFor("198.51.100.1, 10.9.9.9, 203.0.113.7, 10.0.0.2"))
                .isEqualTo("203.0.113.7");
        assertThat(xForwardedFor("198.51.100.1", "203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(forwarded("for=198.51.100.1, for=203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(forwarded("for=198.51.100.1", "for=10.0.0.3", "for=203.0.113.7;by=10.0.0.1"))
                .isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=\"unclosed, for=203.0.113.7",
                "for=\"a\\, for=203.0.113.7",
                "for=\"\\\"\", \\\", for=203.0.113.7",
                "\", for=203.0.113.7;proto=https",
                "for=203.0.113.7;host=\"x,for=198.51.100.1;a=\";proto=https",
                "for=203.0.113.7;host=\"x\\\",for=198.51.100.1;a=\\\"\";proto=https",
                "for=198.51.100.1;x=\", for=\"203.0.113.7:1234\""
            })
    void aQuoteThatAClientSlippedInChangesNothing(String line) {
        assertThat(forwarded(line)).isEqualTo("203.0.113.7");
    }

    @Test
    void severalProxiesInARowAreSkipped() {
        assertThat(xForwardedFor("203.0.113.7, 10.0.0.3, 10.0.0.2")).isEqualTo("203.0.113.7");
        assertThat(xForwardedFor("203.0.113.7,10.0.0.3", " 10.0.0.2 ")).isEqualTo("203.0.113.7");
        assertThat(forwarded("for=203.0.113.7, for=\"[2001:db8:ffff::2]:4711\""))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void ofNoneButProxiesTheFirstCounts() {
        assertThat(xForwardedFor("10.0.0.4, 10.0.0.3, 10.0.0.2")).isEqualTo("10.0.0.4");
        assertThat(forwarded("for=10.0.0.4,for=10.0.0.3")).isEqualTo("10.0.0.4");
    }

    @Test
    void twoHeadersThatDisagreeAreNotBelieved() {
        var proxy = InetAddress.ofLiteral(PROXY);
        assertThat(clients.of(proxy, List.of("for=198.51.100.1"), List.of("203.0.113.7"))
                        .address())
                .isEqualTo(PROXY);
        assertThat(clients.of(proxy, List.of("for=unknown"), List.of("203.0.113.7"))
                        .address())
                .isEqualTo(PROXY);
        assertThat(clients.of(proxy, List.of("for=203.0.113.7"), List.of("203.0.113.7"))
                        .address())
                .isEqualTo("203.0.113.7");
        assertThat(clients.of(proxy, List.of("for=\"[2001:db8::1]\""), List.of("2001:db8:0::1"))
                        .address())
                .isEqualTo("2001:db8:0:0::/64");
        assertThat(clients.of(proxy, List.of("", " , "), List.of("203.0.113.7")).address())
                .isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=\"_gazonk\"                                                  | 10.0.0.1",
                "For=\"[2001:db8:cafe::17]:4711\"                                 | 2001:db8:cafe:0::/64",
                "for=192.0.2.60;proto=http;by=203.0.113.43                        | 192.0.2.60",
                "for=192.0.2.43, for=198.51.100.17                                | 198.51.100.17",
                "for=_hidden, for=_SEVKISEK                                       | 10.0.0.1",
                "for=192.0.2.43, for=\"[2001:db8:cafe::17]\"                      | 2001:db8:cafe:0::/64",
                "for=192.0.2.43,for=\"[2001:db8:cafe::17]\",for=unknown           | 10.0.0.1",
                "for=192.0.2.43, for=198.51.100.17;by=203.0.113.60;proto=http;host=example.com | 198.51.100.17",
                "for=192.0.2.43; proto=http ;by=203.0.113.43                      | 192.0.2.43",
                "proto=http;FOR=192.0.2.43                                        | 192.0.2.43",
                "for=\"192.0.2.43:47011\"                                         | 192.0.2.43",
                "for=\"192.0.2.43:_port-7\"                                       | 192.0.2.43",
                "for=192.0.2.43:47011                                             | 192.0.2.43",
                "for=192.0.2.43, for=10.0.0.2;by=_x                               | 192.0.2.43"
            })
    void forwardedIsReadAsItsRfcSays(String line, String client) {
        assertThat(forwarded(line)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7:4711, 203.0.113.7",
        "[2001:db8:1:2::3]:4711, 2001:db8:1:2::/64",
        "[2001:db8:1:2::3], 2001:db8:1:2::/64",
        "2001:db8:1:2::3, 2001:db8:1:2::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "[fe80::1%25en0]:80, fe80:0:0:0::/64"
    })
    void proxiesAddPortsBracketsAndZones(String hop, String client) {
        assertThat(xForwardedFor(hop)).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "localhost",
                "example.com",
                "7",
                "203.0.113",
                "203.0.113.07",
                "203.0.113.256",
                "203.0.113.7.",
                "203.0.113.7:",
                "203.0.113.7:x",
                "203.0.113.7:123456",
                "203.0.113.7 198.51.100.1",
                "203.0.113.7/32",
                "٢٠٣.0.113.7",
                "[203.0.113.7]",
                "[2001:db8::1",
                "2001:db8::1]",
                "[2001:db8::1]]",
                "[[2001:db8::1]]",
                "[]",
                "[%eth0]",
                "2001:db8::1%",
                "1::2::3",
                "%",
                ":",
                "::ffff:1.2.3",
                "\"203.0.113.7",
                "\u0000",
                "🙂"
            })
    void whatCanNotBeReadEndsTheWayAtTheHopBehindIt(String hop) {
        assertThat(xForwardedFor(hop)).isEqualTo(PROXY);
        assertThat(xForwardedFor("198.51.100.1, " + hop)).isEqualTo(PROXY);
        assertThat(xForwardedFor("198.51.100.1, " + hop + ", 10.0.0.2")).isEqualTo("10.0.0.2");
        assertThat(forwarded("for=198.51.100.1, for=" + hop + ", for=10.0.0.2")).isEqualTo("10.0.0.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for",
                "for=",
                "=203.0.113.7",
                "for =203.0.113.7",
                "for= 203.0.113.7",
                "for=203.0.113.7;for=203.0.113.7",
                "by=203.0.113.7",
                "xfor=203.0.113.7",
                "for=\"\"",
                "for=\"",
                "for='203.0.113.7'",
                "for=203.0.113.7\"",
                "for=\"203.0.113.7\"x",
                "203.0.113.7",
                ";;;"
            })
    void anElementThatNamesNobodyEndsItToo(String element) {
        assertThat(forwarded(element)).isEqualTo(PROXY);
        assertThat(forwarded("for=198.51.100.1, " + element + ", for=10.0.0.2")).isEqualTo("10.0.0.2");
    }

    @Test
    void emptyElementsCountForNothing() {
        assertThat(xForwardedFor("198.51.100.1,, 203.0.113.7 , ,", "", ",")).isEqualTo("203.0.113.7");
        assertThat(xForwardedFor("", " ", ",,,")).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                ";",
                "\"",
                "\\",
                "\\\"",
                "\",",
                "for=",
                "10.0.0.2,",
                "for=10.0.0.2,",
                "[",
                ":",
                "1.",
                "%",
                "a"
            })
    void headersAsLongAsTheServerTakesAreReadInNoTime(String piece) {
        String line = piece.repeat(32_768 / piece.length());
        // Of this thread alone: what else the machine does is not counted.
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        assertThat(forwarded(line, "for=203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(xForwardedFor(line, "203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(forwarded(line)).startsWith("10.0.0.");
        assertThat(forwarded("for=" + line)).startsWith("10.0.0.");
        assertThat(forwarded("for=\"" + line + "\"")).startsWith("10.0.0.");
        assertThat(xForwardedFor(line)).startsWith("10.0.0.");
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void whateverStandsThereTheAnswerIsAnAddress() {
        var random = new Random(7);
        String alphabet = "for=\"\\,;:[]%._ 0123456789abcdef10.0.0.2\u0000é";
        for (int i = 0; i < 50_000; i++) {
            var line = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(forwarded(line.toString())).matches("[0-9a-f.:]+(/64)?");
            assertThat(xForwardedFor(line.toString())).matches("[0-9a-f.:]+(/64)?");
            assertThat(forwarded(line + ", for=203.0.113.7")).isEqualTo("203.0.113.7");
        }
    }

    @Test
    void aProxyThatIsNoNetworkStopsTheStart() {
        assertThatThrownBy(() -> behind("proxy.example.com")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRequestTellsItsPeerAndItsHeaders() throws IOException, InterruptedException {
        var vertx = Vertx.vertx();
        var local = behind("127.0.0.1");
        try (var http = HttpClient.newHttpClient()) {
            var server = vertx.createHttpServer()
                    .requestHandler(
                            request -> request.response().end(local.of(request).address()))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort()));
            assertThat(http.send(request.build(), BodyHandlers.ofString()).body())
                    .isEqualTo("127.0.0.1");
            request.header("x-forwarded-for", "198.51.100.1").header("X-Forwarded-For", "203.0.113.7");
            assertThat(http.send(request.build(), BodyHandlers.ofString()).body())
                    .isEqualTo("203.0.113.7");
            request.header("forwarded", "for=203.0.113.7");
            assertThat(http.send(request.build(), BodyHandlers.ofString()).body())
                    .isEqualTo("203.0.113.7");
            request.header("Forwarded", "for=203.0.113.8");
            assertThat(http.send(request.build(), BodyHandlers.ofString()).body())
                    .isEqualTo("127.0.0.1");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
