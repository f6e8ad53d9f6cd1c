package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateData;

/**
 * The error that a page shows.
 *
 * @param countdown the time until a retry, such as {@code 0:25}; null if it is not known
 */
@TemplateData
public record FormError(LoginError error, String countdown) {

    /** Whether it is shown at the top of the page, not beside a field or a button. */
    public boolean isGeneral() {
        return error.place() == LoginError.Place.PAGE;
    }

    public boolean isOfField() {
        return error.place() == LoginError.Place.FIELD;
    }

    public boolean isOfResend() {
        return error.place() == LoginError.Place.RESEND;
    }
}
