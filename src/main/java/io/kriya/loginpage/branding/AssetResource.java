package io.kriya.loginpage.branding;

import io.kriya.oauth.client.RequiresOAuthClient;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** Serves the stylesheet, the script and the logo of the login page. */
@Path("/oauth/assets")
@RequiresOAuthClient
@PermitAll
@NonBlocking
public class AssetResource {

    private static final String A_YEAR = "public, max-age=31536000, immutable";

    /** Prevents scripts in the operator's SVG when it is opened directly. */
    private static final String INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final Theme theme;

    AssetResource(Theme theme) {
        this.theme = theme;
    }

    @GET
    @Path("login.css")
    @Operation(hidden = true)
    public Response stylesheet(@RestQuery String v) {
        return response(theme.stylesheet(), v).build();
    }

    @GET
    @Path("login.js")
    @Operation(hidden = true)
    public Response script(@RestQuery String v) {
        return response(theme.script(), v).build();
    }

    @GET
    @Path("logo")
    @Operation(hidden = true)
    public Response logo(@RestQuery String v) {
        return response(theme.logo(), v)
                .header("Content-Security-Policy", INERT)
                .build();
    }

    /** During a rolling update a request may name the version of another replica: that response must not be cached. */
    private static Response.ResponseBuilder response(Asset asset, String version) {
        return Response.ok(asset.content())
                .header(HttpHeaders.CONTENT_TYPE, asset.type())
                .header(HttpHeaders.CACHE_CONTROL, asset.version().equals(version) ? A_YEAR : "no-store")
                .header("X-Content-Type-Options", "nosniff");
    }
}
