package io.kriya.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** Removes personal data from spans: the query, which may hold a token, unknown paths, and addresses. */
@Singleton
class SpanPrivacy implements SpanProcessor {

    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

    private static final List<AttributeKey<String>> PERSONAL = Stream.of(
                    "url.query",
                    "http.request.method_original",
                    "server.address",
                    "client.address",
                    "network.peer.address",
                    "user_agent.original")
            .map(AttributeKey::stringKey)
            .toList();

    private final LoggedPath paths;

    SpanPrivacy(LoggedPath paths) {
        this.paths = paths;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        String path = span.getAttribute(PATH);
        if (path != null) {
            span.setAttribute(PATH, paths.of(path));
        }
        // An attribute can't be removed.
        for (AttributeKey<String> key : PERSONAL) {
            if (span.getAttribute(key) != null) {
                span.setAttribute(key, "");
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
