package io.kriya.status;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Says what runs here. */
@Path("/")
@PermitAll
@Tag(name = "Service")
public class StatusResource {

    private static final String SERVICE = "Kriya Authentication Backend";

    /** What runs here. */
    @Schema(name = "Service")
    public record ServiceView(
            @Schema(description = "The name of this service.", examples = SERVICE)
            String service,

            @Schema(description = "The version that runs.", examples = "1.0.0")
            String version,

            @Schema(description = "That it runs.", examples = "running")
            String status,

            @Schema(description = "The path of this documentation.", examples = "/docs")
            String docs) {}

    /** That it runs. */
    @Schema(name = "Health")
    public record HealthView(
            @Schema(description = "That it runs.", examples = "healthy")
            String status,

            @Schema(description = "The name of this service.", examples = SERVICE)
            String service) {}

    private final String version;

    StatusResource(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
    }

    @GET
    @Operation(operationId = "getService", summary = "Say what runs here")
    @APIResponse(responseCode = "200", description = "The service and its version.")
    public ServiceView service() {
        return new ServiceView(SERVICE, version, "running", "/docs");
    }

    @GET
    @Path("health")
    @Operation(
            operationId = "getHealth",
            summary = "Say that the service runs",
            description = "Does not ask the database.")
    @APIResponse(responseCode = "200", description = "It runs.")
    public HealthView health() {
        return new HealthView("healthy", SERVICE);
    }
}
