package io.kriya.setting;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;

/** A URL of HTTP. */
@RegisterForReflection
public final class HttpUrl {

    /** One that is compared character by character: its host has one form only. */
    public static final String EXACT = "(?=.{1,2000}$)https?://[a-z0-9.\\[\\]:-]+";

    private HttpUrl() {}

    /** Whether a server can be called there; the URL has no password, query or fragment. */
    static boolean isServer(String text) {
        return text.matches("(?i:https?)://[^/@?#]*(/[^?#]*)?") && isValid(text);
    }

    /** Whether it has a host and a port that there can be. */
    static boolean isValid(String text) {
        URI url = URI.create(text);
        return url.getHost() != null && url.getPort() <= 65_535;
    }
}
