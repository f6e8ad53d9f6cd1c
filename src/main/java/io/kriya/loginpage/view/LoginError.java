package io.kriya.loginpage.view;

/** What can go wrong on the way in, and where a page says so. */
public enum LoginError {
    NUMBER_INVALID(Place.FIELD),
    /** It can't receive a text message. */
    NUMBER_UNREACHABLE(Place.FIELD),
    /** Not six digits. */
    CODE_MALFORMED(Place.FIELD),
    CODE_WRONG(Place.FIELD),
    /** No longer good; the page of the number says so. */
    CODE_OVER(Place.PAGE),
    /** Not 1 to 100 characters. */
    NAME_INVALID(Place.FIELD),
    LIMITED(Place.PAGE),
    /** Sent again before its time. */
    TOO_EARLY(Place.RESEND),
    SMS_UNAVAILABLE(Place.PAGE);

    enum Place {
        FIELD,
        RESEND,
        PAGE
    }

    private final Place place;

    LoginError(Place place) {
        this.place = place;
    }

    Place place() {
        return place;
    }
}
