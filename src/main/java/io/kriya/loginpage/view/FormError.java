package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateData;

/**
 * What a page says went wrong.
 *
 * @param clock how long until it is worth another try, such as {@code 0:25}; null where that is not known
 */
@TemplateData
public record FormError(LoginError error, String clock) {

    /** Whether it is for the page to say at its top, not for a field or a button. */
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
