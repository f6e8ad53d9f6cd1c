package io.kriya.error;

import io.kriya.validation.ViolationCode;

/**
 * An invalid field.
 *
 * @param field its name in JSON or in the query; {@code body} for the body as a whole
 * @param code the stable name of the reason: a {@link ViolationCode}
 * @param message the constraint; never the value
 */
public record Violation(String field, String code, String message) {

    public Violation(String field, ViolationCode code, String message) {
        this(field, code.code(), message);
    }
}
