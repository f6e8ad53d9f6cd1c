package io.kriya.loginpage.view;

import io.kriya.validation.ViolationCode;

/** The errors of a login, each with the status of its page. All are shown beside the field of the page. */
public enum LoginError {
    NUMBER_EMPTY(422, Place.FIELD),
    /** The number has letters or signs that are no part of one. */
    NUMBER_INVALID(422, Place.FIELD),
    NUMBER_WITHOUT_COUNTRY(422, Place.FIELD),
    /** No country has the country code. */
    NUMBER_OF_NO_COUNTRY(422, Place.FIELD),
    NUMBER_TOO_SHORT(422, Place.FIELD),
    NUMBER_TOO_LONG(422, Place.FIELD),
    /** The country assigns no such number. */
    NUMBER_UNKNOWN(422, Place.FIELD),
    NUMBER_FIXED_LINE(422, Place.FIELD),
    /** The number is that of a service, such as a toll-free one. */
    NUMBER_NOT_MOBILE(422, Place.FIELD),
    NUMBER_NOT_SERVED(422, Place.FIELD),
    /** The number can't receive a text message. */
    NUMBER_UNREACHABLE(422, Place.FIELD),
    /** The code is not six digits. */
    CODE_MALFORMED(422, Place.FIELD),
    CODE_WRONG(401, Place.FIELD),
    /** The code has expired, was used, or was tried too often; it is shown on the page that asks for the number. */
    CODE_OVER(410, Place.PAGE),
    NAME_EMPTY(422, Place.FIELD),
    /** The name is longer than 100 characters. */
    NAME_TOO_LONG(422, Place.FIELD),
    /** The name has a character that is not allowed, or none that is visible. */
    NAME_INVALID(422, Place.FIELD),
    /** The name has the address of a web page. */
    NAME_LINK(422, Place.FIELD),
    LIMITED(429, Place.PAGE),
    /** The code can't be sent again yet. */
    TOO_EARLY(429, Place.PAGE),
    /** A puzzle has to be solved first; a page without scripts waits instead. */
    PROOF_REQUIRED(429, Place.PAGE),
    /** No SMS provider accepted the message now. */
    SMS_UNAVAILABLE(503, Place.PAGE),
    /** Every SMS provider rejects the message, until the operator changes something. */
    SMS_REJECTED(503, Place.PAGE);

    /** What is wrong: the content of the field, or something else. */
    enum Place {
        FIELD,
        PAGE
    }

    private final int status;
    private final Place place;

    LoginError(int status, Place place) {
        this.status = status;
        this.place = place;
    }

    /** The error for a number that is refused. */
    public static LoginError ofNumber(ViolationCode reason) {
        return switch (reason) {
            case EMPTY -> NUMBER_EMPTY;
            case NO_COUNTRY_CODE -> NUMBER_WITHOUT_COUNTRY;
            case UNKNOWN_COUNTRY_CODE -> NUMBER_OF_NO_COUNTRY;
            case TOO_SHORT -> NUMBER_TOO_SHORT;
            case TOO_LONG -> NUMBER_TOO_LONG;
            case NO_SUCH_NUMBER -> NUMBER_UNKNOWN;
            case FIXED_LINE -> NUMBER_FIXED_LINE;
            case NOT_MOBILE -> NUMBER_NOT_MOBILE;
            case COUNTRY_NOT_SERVED -> NUMBER_NOT_SERVED;
            default -> NUMBER_INVALID;
        };
    }

    /** The error for a name that is refused. */
    public static LoginError ofName(ViolationCode reason) {
        return switch (reason) {
            case EMPTY -> NAME_EMPTY;
            case TOO_LONG -> NAME_TOO_LONG;
            case LINK -> NAME_LINK;
            default -> NAME_INVALID;
        };
    }

    /** Whether another code is needed: the page of the number says so, not that of the code. */
    public boolean isOfNumber() {
        return this == CODE_OVER || this == NUMBER_UNREACHABLE;
    }

    public int status() {
        return status;
    }

    Place place() {
        return place;
    }
}
