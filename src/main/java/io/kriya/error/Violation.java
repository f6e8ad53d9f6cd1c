package io.kriya.error;

/**
 * An invalid field.
 *
 * @param field its name in JSON or in the query; {@code body} for the body as a whole
 * @param message the constraint; never the value
 */
public record Violation(String field, String message) {}
