/**
 * Errors as problem documents (RFC 9457). {@link io.kriya.error.ErrorCode} is the closed list of errors, {@link
 * io.kriya.error.Problem} the body, {@link io.kriya.error.ProblemResponses} makes the response with its headers, and
 * {@code ProblemMappers} maps every exception to one. A domain exception is translated in the package of its resource.
 */
package io.kriya.error;
