package io.kriya.loginpage.branding;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** What the login page loads. */
@Path("/oauth/assets")
@PermitAll
@NonBlocking
public class AssetResource {

    private static final String A_YEAR = "public, max-age=31536000, immutable";

    /** A picture from elsewhere that is opened by itself does nothing. */
    private static final String INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final Theme look;

    AssetResource(Theme look) {
        this.look = look;
    }

    @GET
    @Path("login.css")
    @Operation(hidden = true)
    public Response stylesheet(@RestQuery String v) {
        return answer(look.stylesheet(), v).build();
    }

    @GET
    @Path("login.js")
    @Operation(hidden = true)
    public Response script(@RestQuery String v) {
        return answer(look.script(), v).build();
    }

    @GET
    @Path("logo")
    @Operation(hidden = true)
    public Response logo(@RestQuery String v) {
        return answer(look.logo(), v).header("Content-Security-Policy", INERT).build();
    }

    /** While replicas are updated, one may be asked for what another has; that is not to be kept under a wrong name. */
    private static Response.ResponseBuilder answer(Asset asset, String version) {
        return Response.ok(asset.content())
                .header(HttpHeaders.CONTENT_TYPE, asset.type())
                .header(HttpHeaders.CACHE_CONTROL, asset.version().equals(version) ? A_YEAR : "no-store")
                .header("X-Content-Type-Options", "nosniff");
    }
}
