package io.kriya.oauth.client;

import static io.kriya.setting.ProductionCheck.unless;

import io.kriya.setting.Format;
import io.kriya.setting.HttpUrl;
import io.kriya.setting.ProductionCheck;
import io.kriya.setting.Switch;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The one client that users log in to by OAuth 2.0 (RFC 6749), Plane. */
@ConfigMapping(prefix = "kriya.oauth")
public interface OAuthConfig extends ProductionCheck {

    /** The form of a client's id. */
    String ID = "[A-Za-z0-9._~-]{1,255}";

    /** What an id has to be. */
    String ID_TAKES = "1 to 255 letters, digits and -._~, or nothing";

    /** The form of a secret. */
    String SECRET = "[!-~]{32,1000}";

    /** What a secret has to be. */
    String TAKES = "a secret of at least 32 visible characters, or nothing";

    /**
     * The name that an unmodified Plane shows as GitLab's application id. With it {@code OAUTH_CLIENT_SECRET},
     * {@code OAUTH_REDIRECT_URIS} and {@code PUBLIC_URL} are required, and the page needs
     * {@code PHONE_VERIFICATION=sms}. See
     * <a href="how-to/connect-unmodified-plane.md">how to connect an unmodified Plane</a>.
     */
    @Format(regexp = ID, message = ID_TAKES)
    Optional<String> clientId();

    /** What users know the client as: the login page says that they log in to continue to it. */
    @Format(
            regexp = "(?=.*\\S)[^\\p{Cntrl}]{1,30}",
            message = "1 to 30 characters, what people know the client as, or nothing")
    Optional<String> clientName();

    /** The client's secret. */
    @Format(regexp = SECRET, message = TAKES)
    Optional<String> clientSecret();

    /** A second secret that is accepted too, while Plane is moved from it to the new one. */
    @Format(regexp = SECRET, message = TAKES)
    Optional<String> clientSecretPrevious();

    /**
     * The redirect URIs, compared letter by letter. In production {@code https}, but for a loopback address. Several
     * where Plane's web app is on another origin than its API.
     */
    @Format(
            regexp = HttpUrl.EXACT + "(/[^\\s#]*)?",
            by = HttpUrl.class,
            method = "isValid",
            message = "URLs such as https://plane.example.com/auth/gitlab/callback/, separated by commas, or nothing")
    Optional<List<String>> redirectUris();

    /** The external base URL, also for Plane's server; it may have a path. In production {@code https}, or loopback. */
    @Format(
            regexp = HttpUrl.EXACT + "(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*",
            by = HttpUrl.class,
            method = "isValid",
            message = "a URL such as https://login.example.com, without a slash at its end, or nothing")
    Optional<String> publicUrl();

    /**
     * The domain of the addresses that Plane gets for users without a verified one, {@code <user id>@kriya.local}. One
     * where nobody gets mail; not to be changed later. Nobody can give an address under it.
     */
    @WithDefault("kriya.local")
    @Format(
            regexp = "(?=.{3,200}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}",
            message = "a domain such as kriya.local")
    String emailDomain();

    /**
     * What stands before the {@code @} in these addresses: the {@code id} of the user, or a {@code handle} such as
     * {@code ada-lovelace-k7m2x9qd}, which is made of the name when it is first needed, and kept. Not to be changed later:
     * <a href="plane.md">in Plane</a> every such user would get a new account.
     */
    @WithDefault("id")
    @Format(regexp = "id|handle", message = "id or handle")
    String emailLocal();

    default boolean hasHandle() {
        return emailLocal().equals("handle");
    }

    /**
     * Whether {@code id} of the user endpoint is a number, as GitLab's, with {@code state}, {@code confirmed_at} and
     * {@code web_url}, and {@code GET /api/v4/groups} exists, for clients that need them. What a change does to accounts
     * is in <a href="plane.md">Kriya and Plane</a>.
     */
    @WithDefault("false")
    @Format(regexp = Switch.FORM, message = Switch.TAKES)
    String numericId();

    default boolean hasNumericId() {
        return Switch.isOn(numericId());
    }

    /**
     * Whether a client gets in that sends neither {@code state} nor a PKCE code challenge. Without both an attacker can
     * log a victim in to the attacker's account.
     */
    @WithDefault("false")
    @Format(regexp = Switch.FORM, message = Switch.TAKES)
    String allowStateless();

    default boolean allowsStateless() {
        return Switch.isOn(allowStateless());
    }

    /**
     * Whether {@code /api/v4/user} and {@code /api/v4/groups} take the access token as {@code ?access_token=} too. Kriya logs no query; a proxy in
     * front of it may.
     */
    @WithDefault("false")
    @Format(regexp = Switch.FORM, message = Switch.TAKES)
    String tokenInQuery();

    default boolean takesTokenInQuery() {
        return Switch.isOn(tokenInQuery());
    }

    /** Whether users can log in to a client at all. */
    default boolean isEnabled() {
        return clientId().isPresent()
                && clientSecret().isPresent()
                && redirectUris().isPresent()
                && publicUrl().isPresent();
    }

    /** Empty if users can't log in to a client. */
    default Optional<ClientCredentials> credentials() {
        return isEnabled()
                ? Optional.of(new ClientCredentials(
                        clientId().orElseThrow(), clientSecret().orElseThrow(), clientSecretPrevious()))
                : Optional.empty();
    }

    @Override
    default Stream<String> problems() {
        if (Stream.of(clientId(), clientSecret(), clientSecretPrevious(), redirectUris())
                .allMatch(Optional::isEmpty)) {
            return Stream.of();
        }
        return Stream.of(
                required("OAUTH_CLIENT_ID", clientId()),
                required("OAUTH_CLIENT_SECRET", clientSecret()),
                required("OAUTH_REDIRECT_URIS", redirectUris()),
                required("PUBLIC_URL", publicUrl()),
                https("OAUTH_REDIRECT_URIS", redirectUris().stream().flatMap(List::stream)),
                https("PUBLIC_URL", publicUrl().stream()));
    }

    @Override
    default Stream<String> warnings() {
        return Stream.ofNullable(unless(
                !isEnabled() || isSms(),
                "OAUTH_CLIENT_ID is set, and the login page needs PHONE_VERIFICATION=sms: it lets nobody in"));
    }

    private static String required(String name, Optional<?> value) {
        String others = "another of OAUTH_CLIENT_ID, OAUTH_CLIENT_SECRET, OAUTH_REDIRECT_URIS";
        return unless(value.isPresent(), name + " is required where " + others + " is set.");
    }

    /** What is sent there could be read on the way. */
    private static String https(String name, Stream<String> urls) {
        return unless(
                urls.allMatch(
                        url -> url.matches("https:.*|http://(127\\.0\\.0\\.1|\\[::1]|localhost)(:[0-9]+)?(/.*)?")),
                name + " takes https in production, but for this machine itself (127.0.0.1, [::1], localhost).");
    }
}
