package io.kriya.error;

import io.kriya.database.availability.DatabaseUnavailable;
import io.kriya.database.availability.UnavailableLog;
import io.kriya.validation.ViolationCode;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.hibernate.validator.engine.HibernateConstraintViolation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps every exception to a problem. */
@Singleton
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final Pattern HUMP = Pattern.compile("(?=[A-Z])");

    private final ProblemResponses problems;
    private final UnavailableLog unavailableLog;

    ProblemMappers(ProblemResponses problems, UnavailableLog unavailableLog) {
        this.problems = problems;
        this.unavailableLog = unavailableLog;
    }

    @ServerExceptionMapper
    Response problem(ProblemException exception) {
        return exception.isWithoutToken() ? problems.withoutToken() : problems.of(exception.problem());
    }

    @ServerExceptionMapper
    Response invalid(ResteasyReactiveViolationException invalid) {
        List<Violation> violations = invalid.getConstraintViolations().stream()
                .map(ProblemMappers::violation)
                .sorted(Comparator.comparing(Violation::field))
                .toList();
        return problems.of(Problem.of(ErrorCode.INVALID_REQUEST, violations));
    }

    private static Violation violation(ConstraintViolation<?> violation) {
        // method.parameter.field, or method.parameter without a body
        List<String> path = StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .skip(2)
                .map(Path.Node::getName)
                .toList();
        return path.isEmpty()
                ? new Violation("body", ViolationCode.REQUIRED, "is required")
                : new Violation(snakeCase(String.join(".", path)), code(violation), violation.getMessage());
    }

    /** The reason that a validator of Kriya gives; {@code @NotNull} gives none. */
    private static ViolationCode code(ConstraintViolation<?> violation) {
        HibernateConstraintViolation<?> failed = violation.unwrap(HibernateConstraintViolation.class);
        ViolationCode code = failed.getDynamicPayload(ViolationCode.class);
        return code == null ? ViolationCode.REQUIRED : code;
    }

    private static String snakeCase(String name) {
        return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    @ServerExceptionMapper
    Response unavailable(DatabaseUnavailable unavailable) {
        unavailableLog.log(unavailable);
        return problems.of(Problem.of(unavailable.isBusy() ? ErrorCode.OVERLOADED : ErrorCode.DATABASE_UNAVAILABLE));
    }

    @ServerExceptionMapper
    Response http(WebApplicationException failure) {
        return switch (failure.getResponse().getStatus()) {
            case 404 -> problems.of(Problem.of(ErrorCode.NOT_FOUND));
            case 405 -> problems.of(Problem.of(ErrorCode.METHOD_NOT_ALLOWED));
            case 415 -> problems.of(Problem.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
            case 500 -> fault(failure);
            default -> problems.of(Problem.of(ErrorCode.BAD_REQUEST));
        };
    }

    @ServerExceptionMapper
    Response fault(Throwable failure) {
        LOG.error("A request failed", failure);
        return problems.of(Problem.of(ErrorCode.INTERNAL_ERROR));
    }
}
