package io.kriya.token;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.error.Violation;
import io.kriya.validation.ViolationCode;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** The token of a request: {@code Authorization: Bearer …} (RFC 6750), or else the query parameter {@code token}. */
public class PresentedToken {

    @HeaderParam(HttpHeaders.AUTHORIZATION)
    @Parameter(hidden = true)
    String authorization;

    @Context
    UriInfo uri;

    /** @throws ProblemException if the request has neither */
    String text() {
        return bearer(authorization).orElseGet(this::inQuery);
    }

    /** The bearer token of an {@code Authorization} header, which may be null or of another scheme. */
    public static Optional<String> bearer(String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        String[] parts = authorization.split(" ", 2);
        return parts[0].equalsIgnoreCase("Bearer")
                ? Optional.of(parts.length < 2 ? "" : parts[1].strip())
                : Optional.empty();
    }

    private String inQuery() {
        List<String> query = uri.getQueryParameters().get("token");
        if (query == null) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    new Violation(
                            "token", ViolationCode.REQUIRED, "is required, as a bearer token or as a query parameter"));
        }
        return query.getLast();
    }
}
