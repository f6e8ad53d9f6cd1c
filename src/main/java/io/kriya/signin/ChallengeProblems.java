package io.kriya.signin;

import io.kriya.challenge.ChallengeException;
import io.kriya.challenge.ChallengeFailure.Limited;
import io.kriya.challenge.ChallengeFailure.NameRequired;
import io.kriya.challenge.ChallengeFailure.NoChannel;
import io.kriya.challenge.ChallengeFailure.NotDelivered;
import io.kriya.challenge.ChallengeFailure.Over;
import io.kriya.challenge.ChallengeFailure.ProofRequired;
import io.kriya.challenge.ChallengeFailure.Rejected;
import io.kriya.challenge.ChallengeFailure.TooEarly;
import io.kriya.challenge.ChallengeFailure.Unreachable;
import io.kriya.challenge.ChallengeFailure.WrongCode;
import io.kriya.error.ErrorCode;
import io.kriya.error.Problem;
import io.kriya.error.ProblemResponses;
import io.kriya.error.Violation;
import io.kriya.proof.ProofsOfWork;
import io.kriya.validation.ViolationCode;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Translates refused challenges into the errors of the API. */
class ChallengeProblems {

    private final ProblemResponses problems;
    private final ProofsOfWork proofs;
    private final Clock clock;

    ChallengeProblems(ProblemResponses problems, ProofsOfWork proofs, Clock clock) {
        this.problems = problems;
        this.proofs = proofs;
        this.clock = clock;
    }

    @ServerExceptionMapper
    Response refused(ChallengeException refused) {
        return problems.of(
                switch (refused.failure()) {
                    case Over _ -> Problem.of(ErrorCode.VERIFICATION_OVER);
                    case WrongCode(int left) -> Problem.of(ErrorCode.WRONG_CODE).attemptsLeft(left);
                    case NameRequired _ -> invalid("first_name", ViolationCode.REQUIRED, "is required of somebody new");
                    case Unreachable _ ->
                        invalid("phone_number", ViolationCode.UNREACHABLE, "can't receive a text message");
                    case NoChannel _ -> invalid("channel", ViolationCode.UNAVAILABLE, "is not configured");
                    case TooEarly(var retryAt) ->
                        Problem.of(ErrorCode.RESEND_TOO_EARLY).retryAt(retryAt);
                    case Limited(var retryAt) ->
                        Problem.of(ErrorCode.TOO_MANY_REQUESTS).retryAt(retryAt);
                    case ProofRequired(var retryAt) ->
                        Problem.of(ErrorCode.PROOF_OF_WORK_REQUIRED)
                                .retryAt(retryAt)
                                .proofOfWork(proofs.create(clock.instant()));
                    case NotDelivered(var retryAt) ->
                        Problem.of(ErrorCode.SMS_UNAVAILABLE).retryAt(retryAt);
                    case Rejected(var retryAt) ->
                        Problem.of(ErrorCode.SMS_REJECTED).retryAt(retryAt);
                });
    }

    private static Problem invalid(String field, ViolationCode code, String message) {
        return Problem.of(ErrorCode.INVALID_REQUEST, List.of(new Violation(field, code, message)));
    }
}
