package io.kriya.status;

import io.kriya.http.connection.HttpConfig;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Returns the service's name, version and status; a browser gets a page. */
@Path("/")
@PermitAll
@NonBlocking
@Tag(name = "Service")
public class StatusResource {

    private static final String SERVICE = "Kriya Authentication Backend";

    /** The service and its version. */
    @Schema(name = "Service")
    public record ServiceView(
            @Schema(description = "The name of this service.", examples = SERVICE)
            String service,

            @Schema(description = "The version that runs.", examples = "1.0.0")
            String version,

            @Schema(description = "The status; always this value.", examples = "running")
            String status,

            @Schema(description = "The path of this documentation.", examples = "/docs")
            String docs) {}

    /** The status of the service. */
    @Schema(name = "Health")
    public record HealthView(
            @Schema(description = "The status; always this value.", examples = "healthy")
            String status,

            @Schema(description = "The name of this service.", examples = SERVICE)
            String service) {}

    private final ServiceView service;
    private final WelcomePage welcome;

    StatusResource(@ConfigProperty(name = "quarkus.application.version") String version, HttpConfig http) {
        service = new ServiceView(SERVICE, version, "running", "/docs");
        welcome = new WelcomePage(version, http.hasDocs());
    }

    @GET
    @Operation(
            operationId = "getService",
            summary = "Show the name, version and status of the service",
            description = "A client that prefers `text/html`, such as a browser, gets a page.")
    @APIResponse(
            responseCode = "200",
            description = "The service and its version.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ServiceView.class)),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING))
            })
    public Response service(@Context RoutingContext context) {
        boolean page = context.parsedHeaders().accept().stream()
                .findFirst()
                .filter(preferred -> preferred.rawValue().startsWith(MediaType.TEXT_HTML))
                .isPresent();
        return (page ? welcome.response() : Response.ok(service, MediaType.APPLICATION_JSON_TYPE))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
    }

    @GET
    @Path("health")
    @Operation(
            operationId = "getHealth",
            summary = "Show the status of the service",
            description = "Does not query the database.")
    @APIResponse(responseCode = "200", description = "It runs.")
    public HealthView health() {
        return new HealthView("healthy", SERVICE);
    }
}
