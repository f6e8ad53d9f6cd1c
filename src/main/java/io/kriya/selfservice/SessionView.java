package io.kriya.selfservice;

import io.kriya.oauth.Grant;
import io.kriya.token.Token;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A session, as its user sees it: a login token, or a grant of an OAuth client. */
@Schema(name = "Session", description = "A login that is valid.")
public record SessionView(
        @Schema(description = "Not a secret.", examples = SessionView.ID_EXAMPLE)
        UUID id,

        @Schema(description = "`api` for a login token; else the OAuth client's id.", examples = "api")
        String client,

        @Schema(
                description = SessionView.DEVICE,
                nullable = true,
                maxLength = 100,
                examples = SessionView.DEVICE_EXAMPLE)
        String device,

        @Schema(description = SessionView.ADDRESS, nullable = true, examples = SessionView.ADDRESS_EXAMPLE)
        String address,

        @Schema(
                description =
                        "Whether the device of the login is a known one of the user, with rate limits of its own.",
                examples = "true")
        boolean knownDevice,

        @Schema(description = SessionView.CREATED_AT, examples = SessionView.CREATED_AT_EXAMPLE)
        Instant createdAt,

        @Schema(description = "The hour of the last use, UTC.", examples = "2026-11-09T12:00:00Z")
        Instant lastUsedAt,

        @Schema(description = "When it expires, UTC.", examples = "2026-11-10T10:30:00.123456Z")
        Instant expiresAt,

        @Schema(description = "Whether this request was made with it.", examples = "true")
        boolean current) {

    // What the export says, too.
    static final String ID_EXAMPLE = "7d9f1f6e-0a55-4c6f-8d0c-5b1f2f4f7a10";
    static final String DEVICE =
            "The device that logged in, by what it said itself (`User-Agent`); null if that is not known.";
    static final String DEVICE_EXAMPLE = "Firefox on Android";
    static final String ADDRESS =
            "The masked address of the login: of IPv4 its /24, of IPv6 its /48; null if it is not known.";
    static final String ADDRESS_EXAMPLE = "203.0.113.0/24";
    static final String CREATED_AT = "When the user logged in, UTC.";
    static final String CREATED_AT_EXAMPLE = "2026-11-09T10:30:00.123456Z";

    private static final String API = "api";

    static SessionView of(Token token, boolean isKnown, boolean isCurrent) {
        return new SessionView(
                token.id,
                API,
                token.device,
                token.address,
                isKnown,
                token.createdAt,
                Objects.requireNonNullElseGet(token.lastUsedAt, () -> hour(token.createdAt)),
                token.expiresAt,
                isCurrent);
    }

    static SessionView of(Grant grant, boolean isKnown) {
        return new SessionView(
                grant.id,
                grant.clientId,
                grant.device,
                grant.address,
                isKnown,
                grant.createdAt,
                hour(grant.createdAt),
                Objects.requireNonNullElse(grant.tokenExpiresAt, grant.expiresAt),
                false);
    }

    private static Instant hour(Instant instant) {
        return instant.truncatedTo(ChronoUnit.HOURS);
    }
}
