package io.kriya.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kriya.http.Form;
import io.kriya.oauth.client.OAuthClient;
import io.kriya.oauth.client.OAuthError;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client asks for when it sends a person here (RFC 6749, 4.1.1; RFC 7636, 4.3): where to send them back to, and what to give
 * back with them unchanged.
 *
 * @param codeChallenge null without PKCE
 */
public record AuthorizationRequest(String clientId, String redirectUri, String state, String codeChallenge) {

    /** The one scope that there is, that of GitLab for reading who somebody is. */
    static final String SCOPE = "read_user";

    /** RFC 6749, A.5; a length that leaves room in a URL. */
    private static final Pattern STATE = Pattern.compile("[ -~]{1,512}");

    /** A SHA-256 in base64url. */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final List<String> FIELDS =
            List.of("response_type", "scope", "state", "code_challenge", "code_challenge_method", "response_mode");

    /** One that can't be granted, and who is told so. */
    public sealed interface Fault {

        /** The person, and nobody is sent anywhere: who asks is not who they say, or it is not known where they are. */
        record OfClient() implements Fault {}

        /** The same, as to where people are to be sent back to. */
        record OfRedirect() implements Fault {}

        /** The same, where the request can't be read. */
        record Unreadable() implements Fault {}

        /** The client, to whom the person is sent back. */
        record Told(String location) implements Fault {}
    }

    /** Thrown where a request can't be granted. */
    public static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Fault fault;

        Refused(Fault fault) {
            super("authorization request refused", null, false, false);
            this.fault = fault;
        }

        /** Why, and who is told. */
        public Fault fault() {
            return fault;
        }
    }

    /**
     * Reads a request: the client and where it is first, before anything else counts.
     *
     * @throws Refused where it can't be granted
     */
    public static AuthorizationRequest read(String query, OAuthClient client) throws Refused {
        Form form = Form.parse(query).orElseThrow(() -> new Refused(new Fault.Unreadable()));
        if (form.isRepeated("client_id") || form.isRepeated("redirect_uri")) {
            throw new Refused(new Fault.Unreadable());
        }
        String id = form.get("client_id").filter(client::hasId).orElseThrow(() -> new Refused(new Fault.OfClient()));
        String uri = form.get("redirect_uri")
                .filter(client::allowsRedirectTo)
                .orElseThrow(() -> new Refused(new Fault.OfRedirect()));
        Optional<String> state =
                form.get("state").filter(text -> STATE.matcher(text).matches());
        Optional<OAuthError> error = error(form, state);
        if (error.isPresent()) {
            throw new Refused(new Fault.Told(errorLocation(uri, state, error.get())));
        }
        return new AuthorizationRequest(
                id, uri, state.orElseThrow(), form.get("code_challenge").orElse(null));
    }

    private static Optional<OAuthError> error(Form form, Optional<String> state) {
        if (FIELDS.stream().anyMatch(form::isRepeated)
                // Without it a client can't tell its own people from others that were sent to it.
                || state.isEmpty()
                || form.get("response_type").isEmpty()
                || form.get("response_mode")
                        .filter(mode -> !mode.equals("query"))
                        .isPresent()
                || !isChallengeReadable(form)) {
            return Optional.of(OAuthError.INVALID_REQUEST);
        }
        if (!form.get("response_type").equals(Optional.of("code"))) {
            return Optional.of(OAuthError.UNSUPPORTED_RESPONSE_TYPE);
        }
        return form.get("scope").filter(scope -> !scope.equals(SCOPE)).map(_ -> OAuthError.INVALID_SCOPE);
    }

    /** None, or one of S256; without a method it would be "plain", which proves nothing. */
    private static boolean isChallengeReadable(Form form) {
        Optional<String> challenge = form.get("code_challenge");
        Optional<String> method = form.get("code_challenge_method");
        return challenge.isEmpty() && method.isEmpty()
                || method.equals(Optional.of("S256"))
                        && challenge
                                .filter(text -> CHALLENGE.matcher(text).matches())
                                .isPresent();
    }

    /** The same request as a query, however it was written; it tells requests apart. */
    public String query() {
        Stream<String> pkce = codeChallenge == null
                ? Stream.of()
                : Stream.of("code_challenge", codeChallenge, "code_challenge_method", "S256");
        return encode(Stream.concat(
                        Stream.of(
                                "client_id", clientId,
                                "redirect_uri", redirectUri,
                                "response_type", "code",
                                "scope", SCOPE,
                                "state", state),
                        pkce)
                .toList());
    }

    /** Where the person is sent back to with a code. */
    public String granted(GrantSecret code) {
        return location(redirectUri, List.of("code", code.reveal(), "state", state));
    }

    /** Where the person is sent back to who does not want to go on. */
    public String cancelled() {
        return errorLocation(redirectUri, Optional.of(state), OAuthError.ACCESS_DENIED);
    }

    private static String errorLocation(String uri, Optional<String> state, OAuthError error) {
        return location(
                uri,
                Stream.concat(
                                Stream.of("error", error.code()),
                                state.stream().flatMap(text -> Stream.of("state", text)))
                        .toList());
    }

    private static String location(String uri, List<String> fields) {
        return uri + (uri.contains("?") ? "&" : "?") + encode(fields);
    }

    private static String encode(List<String> fields) {
        return Stream.iterate(0, i -> i < fields.size(), i -> i + 2)
                .map(i -> fields.get(i) + "=" + URLEncoder.encode(fields.get(i + 1), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Says nothing of the state. */
    @Override
    public String toString() {
        return "AuthorizationRequest";
    }
}
