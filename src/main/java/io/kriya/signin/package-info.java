/**
 * Signing in by phone number: {@code POST /api/auth/register}, {@code /verify} and {@code /verify/resend}.
 *
 * <p>{@link io.kriya.signin.SignIn} owns the transaction: verify the code where one is required, find or create the
 * user, issue a token or a grant. {@link io.kriya.signin.ChallengeProblems} translates refused challenges into errors
 * of the API.
 */
package io.kriya.signin;
