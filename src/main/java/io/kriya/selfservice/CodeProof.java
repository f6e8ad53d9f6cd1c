package io.kriya.selfservice;

import io.kriya.challenge.ChallengeException;
import io.kriya.challenge.ChallengeFailure;
import io.kriya.challenge.ChallengeSecret;
import io.kriya.challenge.OneTimeCode;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.error.Violation;
import io.kriya.validation.ViolationCode;

/** A one-time code, with the secret of its challenge. */
record CodeProof(ChallengeSecret secret, OneTimeCode code) {

    /** @throws ProblemException if one of them is missing; the code has to be a valid one */
    static CodeProof of(String verificationId, String code) {
        return new CodeProof(
                ChallengeSecret.parse(required("verification_id", verificationId))
                        .orElseThrow(() -> new ChallengeException(new ChallengeFailure.Over())),
                OneTimeCode.parse(required("code", code)).orElseThrow());
    }

    static String required(String field, String value) {
        if (value == null) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST, new Violation(field, ViolationCode.REQUIRED, "is required"));
        }
        return value;
    }
}
