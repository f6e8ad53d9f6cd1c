package io.kriya.floor;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** A resource of Quarkus REST alone: the same JSON, without any filter, security, validation, metric or log. */
@Path("/")
@NonBlocking
public class BareResource {

    private static final Answer VALID = new Answer(
            true,
            new User(Answers.ID, Answers.PHONE_NUMBER, Answers.FIRST_NAME, Answers.LAST_NAME, null, Answers.CREATED_AT),
            Answers.MESSAGE);

    private static final Health HEALTHY = new Health("healthy");

    /** The request. */
    public record Question(String token) {}

    /** The response. */
    public record Answer(boolean valid, User user, String message) {}

    /** The user in it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record User(
            String id, String phoneNumber, String firstName, String lastName, String email, String createdAt) {}

    /** The response of the health check. */
    public record Health(String status) {}

    @POST
    @Path("api/auth/validate-token")
    public Answer validate(Question question) {
        return VALID;
    }

    @GET
    @Path("health")
    public Health health() {
        return HEALTHY;
    }

    @GET
    @Path("q/health/ready")
    public Health ready() {
        return HEALTHY;
    }
}
