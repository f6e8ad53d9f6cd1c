package io.kriya.loginpage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kriya.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Somebody else's pages, on an origin of their own: each tells the query that it was asked with, or sends on. */
final class Site implements AutoCloseable {

    private static final String PAGE = """
            <!DOCTYPE html><html lang="en"><head><title>%s</title><link rel="icon" href="data:,"></head>
            <body><main><h1>%1$s</h1><p>%s</p>%s</main></body></html>""";

    private final HttpServer server;
    private final String name;
    private final Map<String, String> targets = new ConcurrentHashMap<>();
    private volatile String framed;

    Site(String name) throws IOException {
        this.name = name;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Sends whoever comes there on, with the query that they came with. */
    Site sendOn(String path, String target) {
        targets.put(path, target);
        return this;
    }

    /** Shows this page in a frame of every page of its own. */
    void frame(String url) {
        framed = url;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getRawQuery();
            String target = targets.get(exchange.getRequestURI().getPath());
            if (target != null) {
                exchange.getResponseHeaders().add("Location", target + "?" + query);
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            String frame = framed == null
                    ? ""
                    : "<iframe title=\"Framed\" src=\"" + framed.replace("&", "&amp;") + "\"></iframe>";
            byte[] page = PAGE.formatted(name, query == null ? "" : query.replace("&", "&amp;"), frame)
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
