package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateData;

/**
 * The error that a page shows beside its field.
 *
 * @param duration the time until a retry, such as {@code 25 seconds}; null if it is not known
 */
@TemplateData
public record FormError(LoginError error, String duration) {

    /** Whether the content of the field is wrong. */
    public boolean isOfField() {
        return error.place() == LoginError.Place.FIELD;
    }
}
