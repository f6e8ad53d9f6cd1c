package io.kriya.loginpage.view;

/** The errors of a login, each with the status of its page and its place on that page. */
public enum LoginError {
    NUMBER_INVALID(422, Place.FIELD),
    /** The number can't receive a text message. */
    NUMBER_UNREACHABLE(422, Place.FIELD),
    /** The code is not six digits. */
    CODE_MALFORMED(422, Place.FIELD),
    CODE_WRONG(401, Place.FIELD),
    /** The code has expired, was used, or was tried too often; it is shown on the page that asks for the number. */
    CODE_OVER(410, Place.PAGE),
    /** The name is not 1 to 100 characters. */
    NAME_INVALID(422, Place.FIELD),
    LIMITED(429, Place.PAGE),
    /** The code can't be sent again yet. */
    TOO_EARLY(429, Place.RESEND),
    SMS_UNAVAILABLE(503, Place.PAGE);

    enum Place {
        FIELD,
        RESEND,
        PAGE
    }

    private final int status;
    private final Place place;

    LoginError(int status, Place place) {
        this.status = status;
        this.place = place;
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
