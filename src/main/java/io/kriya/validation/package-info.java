/**
 * The reasons for which a field of a request is refused: {@link io.kriya.validation.ViolationCode}, which validators
 * give and the errors of the API and the login page show.
 */
package io.kriya.validation;
