package io.kriya;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sees that what the tests of pages look with can tell a bad page from a good one. */
class BrowserIT {

    private static final String GOOD = """
            <!doctype html><html lang="en"><head><title>Good</title>
            <meta name="viewport" content="width=device-width, initial-scale=1"><style nonce="n">
            @media (prefers-color-scheme: dark) { .dark::after { content: "dark" } }
            @media (forced-colors: active) { .forced::after { content: "forced" } }
            </style></head><body><main><h1>Good</h1><p id="scripted">no script</p>
            <p class="dark"></p><p class="forced"></p>
            <form action="/sent"><label>Number <input name="number" size="8"></label>
            <button>Go on</button></form></main>
            <script nonce="n">
            document.getElementById('scripted').textContent = 'script, ' + matchMedia('(prefers-color-scheme: dark)').matches
            + ', ' + matchMedia('(forced-colors: active)').matches + ', ' + innerWidth + ', ' + navigator.maxTouchPoints;
            </script></body></html>""";

    private static final String BAD = """
            <!doctype html><html lang="en"><head><title>Bad</title></head><body><main><h1>Bad</h1>
            <input name="number"><p style="width: 3000px">wide</p><img src="http://example.com/" alt="outside">
            <pre>a line that is wider than any screen that there is, because nobody may break it ........................</pre>
            <script>document.title = 'inline'</script></main></body></html>""";

    private HttpServer server;
    private volatile String languages;

    @BeforeEach
    void pagesAreServed() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void pagesAreNotServed() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        languages = exchange.getRequestHeaders().getFirst("Accept-Language");
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders()
                .add(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'nonce-n'; script-src 'nonce-n'; img-src *");
        exchange.getResponseHeaders().add("Set-Cookie", "seen=yes; HttpOnly; SameSite=Lax; Path=/");
        String page =
                switch (path) {
                    case "/bad" -> BAD;
                    case "/sent" ->
                        GOOD.replace(">Good<", ">" + exchange.getRequestURI().getQuery() + "<");
                    default -> GOOD;
                };
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    @Test
    void aGoodPageIsToldFromABadOne(@TempDir Path folder) throws IOException {
        try (var browser = Browser.start()) {
            browser.open(url("/good"));
            assertThat(browser.text()).contains("script, false, false, 1280, 0");
            assertThat(browser.violations()).isEmpty();
            assertThat(browser.consoleErrors()).isEmpty();
            assertThat(browser.isScrolledSideways()).isFalse();
            browser.open(url("/bad"));
            assertThat(browser.title()).isEqualTo("Bad");
            assertThat(browser.violations()).anySatisfy(line -> assertThat(line).contains("label", "name=\"number\""));
            assertThat(browser.consoleErrors())
                    .anySatisfy(line -> assertThat(line).contains("inline script"))
                    .anySatisfy(line -> assertThat(line).contains("inline style"))
                    .anySatisfy(line -> assertThat(line).contains("ERR_NAME_NOT_RESOLVED"));
            assertThat(browser.consoleErrors()).isEmpty();
            browser.screenshot(folder.resolve("bad.png"));
            assertThat(Files.size(folder.resolve("bad.png"))).isPositive();
        }
    }

    @Test
    void aFormIsFilledInByPointerAndByKeyboard() {
        try (var browser = Browser.start()) {
            browser.open(url("/"));
            browser.type("Number", "12");
            browser.press("Go on");
            assertThat(browser.title()).isEqualTo("number=12");
            browser.back();
            assertThat(browser.title()).isEqualTo("Good");
            browser.type("number", "34");
            browser.pressByKeyboard("Go on");
            assertThat(browser.title()).isEqualTo("number=34");
            browser.reload();
            assertThat(browser.url()).isEqualTo(url("/sent?number=34"));
        }
    }

    @Test
    void tabsShareTheirCookies() {
        try (var browser = Browser.start()) {
            browser.open(url("/"));
            String first = browser.tab();
            browser.newTab();
            assertThat(browser.cookie("seen")).isEmpty();
            browser.open(url("/"));
            assertThat(browser.cookie("seen")).hasValueSatisfying(cookie -> assertThat(cookie.isHttpOnly())
                    .isTrue());
            assertThat(browser.cookies()).hasSize(1);
            browser.switchTo(first);
            assertThat(browser.url()).isEqualTo(url("/"));
        }
    }

    @Test
    void whatItsUserChoseIsTold() {
        try (var browser = Browser.with()
                .language("de-CH,de,en")
                .phone()
                .dark()
                .forcedColors()
                .largeText()
                .start()) {
            browser.open(url("/"));
            assertThat(languages).startsWith("de-CH,de;q=");
            assertThat(browser.text()).contains("script, true, true, 320, 1");
            assertThat(browser.element("p").getCssValue("font-size")).isEqualTo("32px");
            assertThat(browser.isScrolledSideways()).isFalse();
            browser.newTab();
            browser.open(url("/"));
            assertThat(browser.text()).contains("script, true, true, 320, 1");
            browser.open(url("/bad"));
            assertThat(browser.isScrolledSideways()).isTrue();
        }
    }

    @Test
    void withoutJavaScriptNoneRuns() {
        try (var browser = Browser.with().withoutJavaScript().start()) {
            browser.open(url("/"));
            assertThat(browser.text()).contains("no script");
            browser.type("Number", "12");
            browser.press("Go on");
            assertThat(browser.title()).isEqualTo("number=12");
            assertThat(browser.isScrolledSideways()).isFalse();
        }
    }
}
