/**
 * Challenges of phone numbers by a one-time code. The API and the settings call a challenge a verification.
 *
 * <p>{@link io.kriya.challenge.Challenges} has the steps: begin, resend, verify. A client holds the
 * {@link io.kriya.challenge.ChallengeSecret}; the {@link io.kriya.challenge.OneTimeCode} is derived from it and from a
 * key of the server, and is not stored. {@link io.kriya.challenge.SendLimits} rate-limits messages and attempts, {@link io.kriya.challenge.Notices} tells owners. A
 * refused step is a {@link io.kriya.challenge.ChallengeFailure}.
 */
package io.kriya.challenge;
