package io.kriya.config;

import io.kriya.account.PhoneFormat;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of the login that a client sends people to, and which of them production refuses to start with. */
final class OAuthSettings {

    private static final String DOMAIN = "(?=.{3,200}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}";

    private static final String ID = "kriya.oauth.client-id";
    private static final String SECRET = "kriya.oauth.client-secret";
    private static final String SECRET_PREVIOUS = "kriya.oauth.client-secret-previous";
    private static final String REDIRECTS = "kriya.oauth.redirect-uris";
    private static final String PUBLIC = "kriya.oauth.public-url";

    /** The host is of the one form that there is of it, so that what is compared character by character can match. */
    private static final String WEB = "https?://[a-z0-9.\\[\\]:-]+(/[^\\s#]*)?";

    static final List<Setting> ALL = List.of(
            new Setting(
                    "OAUTH_CLIENT_ID",
                    "1 to 255 letters, digits and -._~, or nothing",
                    Setting.text(ID, "[A-Za-z0-9._~-]{1,255}")),
            new Setting(
                    "OAUTH_CLIENT_SECRET",
                    "a secret of at least 32 visible characters, or nothing",
                    Setting.text(SECRET, "[!-~]{" + Setting.LEAST_LONG + ",1000}")),
            new Setting(
                    "OAUTH_CLIENT_SECRET_PREVIOUS",
                    "a secret of at least 32 visible characters, or nothing",
                    Setting.text(SECRET_PREVIOUS, "[!-~]{" + Setting.LEAST_LONG + ",1000}")),
            new Setting(
                    "OAUTH_REDIRECT_URIS",
                    "URLs such as https://plane.example.com/auth/gitlab/callback/, separated by commas, or nothing",
                    Setting.list(REDIRECTS, OAuthSettings::isRedirect)),
            new Setting(
                    "PUBLIC_URL",
                    "a URL such as https://login.example.com, without a slash at its end, or nothing",
                    value -> {
                        if (!value.isEmpty() && !isPublicUrl(value)) {
                            throw new IllegalArgumentException();
                        }
                        return value.isEmpty() ? Map.of() : Map.of(PUBLIC, Setting.escaped(value));
                    }),
            new Setting(
                    "OAUTH_EMAIL_DOMAIN",
                    "a domain such as kriya.local",
                    Setting.text("kriya.oauth.email-domain", DOMAIN)),
            new Setting(
                    "PHONE_DEFAULT_REGION",
                    "the two-letter code of a country with mobile phones, such as IN, or nothing",
                    OAuthSettings::region),
            new Setting(
                    "LOGIN_NAME",
                    "1 to 30 characters, what people know the service as",
                    Setting.text("kriya.login.name", "[^\\p{Cntrl}]{1,30}")),
            new Setting(
                    "LOGIN_LOGO",
                    "the path of an SVG or PNG file, or nothing",
                    Setting.text("kriya.login.logo", ".{1,4096}")),
            new Setting(
                    "LOGIN_COLOR", "a colour such as #3562e0", Setting.text("kriya.login.color", "#[0-9a-fA-F]{6}")));

    /** What {@link #unsafe} looks at. */
    static final List<String> KEYS = List.of(ID, SECRET, SECRET_PREVIOUS, REDIRECTS, PUBLIC);

    private OAuthSettings() {}

    private static Map<String, String> region(String value) {
        if (!value.isEmpty() && !PhoneFormat.isCountry(value)) {
            throw new IllegalArgumentException();
        }
        return value.isEmpty() ? Map.of() : Map.of("kriya.phone.default-region", value);
    }

    private static boolean isRedirect(String value) {
        URI url = URI.create(value);
        return value.matches(WEB) && value.length() <= 2000 && url.getHost() != null && url.getPort() <= 65535;
    }

    private static boolean isPublicUrl(String value) {
        URI url = URI.create(value);
        return isRedirect(value) && url.getQuery() == null && value.matches("[^?]*[^/?]") && isPlain(url.getRawPath());
    }

    /** As a browser and a proxy would leave it. */
    private static boolean isPlain(String path) {
        return path.isEmpty() || path.matches("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");
    }

    /** The sentence that says what is missing or dangerous; empty where nothing is. */
    static Optional<String> unsafe(Map<String, String> keys) {
        if (Stream.of(ID, SECRET, SECRET_PREVIOUS, REDIRECTS).noneMatch(keys::containsKey)) {
            return Optional.empty();
        }
        return required("OAUTH_CLIENT_ID", ID, keys)
                .or(() -> required("OAUTH_CLIENT_SECRET", SECRET, keys))
                .or(() -> required("OAUTH_REDIRECT_URIS", REDIRECTS, keys))
                .or(() -> required("PUBLIC_URL", PUBLIC, keys))
                .or(() -> shortSecret("OAUTH_CLIENT_SECRET", SECRET, keys))
                .or(() -> shortSecret("OAUTH_CLIENT_SECRET_PREVIOUS", SECRET_PREVIOUS, keys))
                .or(() -> open("OAUTH_REDIRECT_URIS", REDIRECTS, keys))
                .or(() -> open("PUBLIC_URL", PUBLIC, keys));
    }

    private static Optional<String> required(String name, String key, Map<String, String> keys) {
        return keys.containsKey(key)
                ? Optional.empty()
                : Optional.of(name + " is required where another of OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET,"
                        + " OAUTH_REDIRECT_URIS is set.");
    }

    /** What comes by a key's own name has not been looked at. */
    private static Optional<String> shortSecret(String name, String key, Map<String, String> keys) {
        return keys.containsKey(key) && !Setting.isLong(keys.get(key))
                ? Optional.of(name + " takes a secret of at least " + Setting.LEAST_LONG + " visible characters.")
                : Optional.empty();
    }

    /** What is sent there could be read on the way. What comes by a key's own name has not been looked at. */
    private static Optional<String> open(String name, String key, Map<String, String> keys) {
        return Stream.of(keys.get(key).replace("\\$", "$").split(","))
                        .map(String::strip)
                        .allMatch(OAuthSettings::isClosed)
                ? Optional.empty()
                : Optional.of(name
                        + " takes https in production, but for this machine itself (127.0.0.1, [::1], localhost).");
    }

    private static boolean isClosed(String url) {
        try {
            return isRedirect(url)
                    && (url.startsWith("https:") || isLoopback(URI.create(url).getHost()));
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static boolean isLoopback(String host) {
        return List.of("127.0.0.1", "[::1]", "localhost").contains(String.valueOf(host));
    }
}
