package io.kriya.error;

import java.util.Locale;

/**
 * All errors of the API. The names in lower case are the {@code code} of a problem, and never change their meaning.
 */
public enum ErrorCode {
    BAD_REQUEST(400, "Bad Request", "The request can't be understood as HTTP."),
    INVALID_TOKEN(401, "Invalid or expired token", "The token is unknown, expired or revoked."),
    WRONG_CODE(
            401,
            "Wrong code",
            "The code is not the one that was sent; `attempts_left` is the number of attempts that are left."),
    INVALID_API_KEY(403, "Invalid API key", "`X-API-Key` is missing or wrong."),
    INVALID_SIGNATURE(403, "Invalid signature", "The signature of a delivery receipt is missing, wrong or too old."),
    REGISTRATION_CLOSED(
            403,
            "Registration is closed.",
            "The number is neither a user's nor one that may register (`REGISTRATION`); only with"
                    + " `PHONE_VERIFICATION=none`."),
    NOT_FOUND(404, "Not Found", "There is no such path."),
    TOKEN_NOT_FOUND(404, "Token not found", "The token was never issued, or has been cleaned up."),
    SESSION_NOT_FOUND(404, "Session not found", "The user has no valid session with this id."),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed", "The path has no such method; `Allow` names those that it has."),
    REQUEST_TIMEOUT(
            408,
            "The body took too long to arrive.",
            "The body did not arrive completely within `BODY_TIMEOUT_SECONDS`; the connection is closed."),
    PHONE_NUMBER_TAKEN(
            409,
            "The number belongs to another account.",
            "The new number belongs to another account; only whoever has proven the number is told."),
    VERIFICATION_OVER(
            410,
            "The verification is over; ask for a new code.",
            "The challenge was never started, or its code was used, has expired or was tried too often."),
    PAYLOAD_TOO_LARGE(413, "The body is larger than 64 KiB.", "The body is larger than 64 KiB."),
    URI_TOO_LONG(414, "The request line is longer than 32 KiB.", "The request line is longer than 32 KiB."),
    UNSUPPORTED_MEDIA_TYPE(
            415, "The body has to be JSON.", "The body's type is neither `application/json` nor `application/*+json`."),
    INVALID_REQUEST(
            422,
            "The request is not valid.",
            "A field is missing, of the wrong type or out of bounds; `violations` says which."),
    MALFORMED_JSON(
            422,
            "The body is not valid JSON.",
            "The body is not JSON, nested too deep, or has a name or a number that is too long."),
    TOO_MANY_REQUESTS(
            429,
            "Too many requests; try again later.",
            "A rate limit is reached; `retry_at`, `retry_after` and `Retry-After` say when to try again."),
    RESEND_TOO_EARLY(
            429,
            "The code can't be sent again yet.",
            "The code was sent a short time ago; `retry_at`, `retry_after` and `Retry-After` say when it can be sent again."),
    PROOF_OF_WORK_REQUIRED(
            429,
            "Solve the puzzle first.",
            "A proof of work is required: the request is accepted with `Proof-Of-Work`, the solution of the puzzle in"
                    + " `proof_of_work`, or without it from `retry_at` on (`PROOF_OF_WORK`)."),
    HEADERS_TOO_LARGE(431, "The headers are larger than 32 KiB.", "The headers are larger than 32 KiB."),
    INTERNAL_ERROR(
            500, "Something went wrong here.", "An internal error; the log has the details under the request's id."),
    OVERLOADED(
            503,
            "Too much is under way; try again.",
            "There is no memory for more requests, or the database can't answer them in time; `Retry-After`"
                    + " says when to retry."),
    DATABASE_UNAVAILABLE(
            503,
            "The database is unavailable; try again.",
            "The database is unavailable; `Retry-After` says when to retry."),
    SMS_UNAVAILABLE(
            503,
            "The code could not be sent; try again.",
            "No SMS provider accepted the message now; `Retry-After` says when to retry."),
    SMS_REJECTED(
            503,
            "The code can't be sent to this number.",
            "Every SMS provider rejects the message, for its country or its sender, until the operator changes something;"
                    + " `Retry-After` is long."),
    HTTP_VERSION_NOT_SUPPORTED(505, "HTTP Version Not Supported", "The request is of neither HTTP/1.1 nor HTTP/1.0.");

    private final int status;
    private final String detail;
    private final String meaning;

    ErrorCode(int status, String detail, String meaning) {
        this.status = status;
        this.detail = detail;
        this.meaning = meaning;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The {@code detail} of a problem. */
    public String detail() {
        return detail;
    }

    /** Its description in the API documentation. */
    public String meaning() {
        return meaning;
    }

    /** The {@code code} of a problem. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
