package io.kriya.loginpage.view;

import io.kriya.error.Puzzle;
import io.quarkus.qute.TemplateData;

/**
 * The error that a page shows beside its field.
 *
 * @param duration the time until a retry, such as {@code 25 seconds}; null if it is not known
 * @param puzzle the puzzle to solve first, or null
 */
@TemplateData
public record FormError(LoginError error, String duration, Puzzle puzzle) {

    public FormError(LoginError error, String duration) {
        this(error, duration, null);
    }

    /** Whether the content of the field is wrong. */
    public boolean isOfField() {
        return error.place() == LoginError.Place.FIELD;
    }
}
