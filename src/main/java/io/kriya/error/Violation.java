package io.kriya.error;

/**
 * What is wrong with one field.
 *
 * @param field its name in JSON or in the query; {@code body} for the body as a whole
 * @param message what it has to be; never what it was
 */
public record Violation(String field, String message) {}
