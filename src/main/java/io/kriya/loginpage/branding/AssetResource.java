package io.kriya.loginpage.branding;

import io.kriya.oauth.client.RequiresOAuthClient;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;

/** Serves the stylesheet, the scripts and the logos of the login page. */
@Path("/oauth/assets")
@RequiresOAuthClient
@PermitAll
@NonBlocking
public class AssetResource {

    private static final String A_YEAR = "public, max-age=31536000, immutable";

    /** Prevents scripts in the operator's SVG when it is opened directly. */
    private static final String INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    /** Not refused by {@code ;q=0} (RFC 9110, 12.5.3). */
    private static final Pattern GZIP = Pattern.compile("(?i)\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    private final Theme theme;
    private final NumberScript numberScript;

    AssetResource(Theme theme, NumberScript numberScript) {
        this.theme = theme;
        this.numberScript = numberScript;
    }

    @GET
    @Path("login.css")
    @Operation(hidden = true)
    public Response stylesheet(@RestQuery String v, @RestHeader(HttpHeaders.ACCEPT_ENCODING) String encodings) {
        return response(theme.stylesheet(), v, encodings).build();
    }

    @GET
    @Path("login.js")
    @Operation(hidden = true)
    public Response script(@RestQuery String v, @RestHeader(HttpHeaders.ACCEPT_ENCODING) String encodings) {
        return response(theme.script(), v, encodings).build();
    }

    @GET
    @Path("number.js")
    @Operation(hidden = true)
    public Response numberScript(@RestQuery String v, @RestHeader(HttpHeaders.ACCEPT_ENCODING) String encodings) {
        return response(numberScript.asset(), v, encodings).build();
    }

    @GET
    @Path("logo")
    @Operation(hidden = true)
    public Response logo(@RestQuery String v, @RestHeader(HttpHeaders.ACCEPT_ENCODING) String encodings) {
        return logo(theme.logo(), v, encodings);
    }

    /** Not found if there is no logo for dark mode. */
    @GET
    @Path("logo-dark")
    @Operation(hidden = true)
    public Response darkLogo(@RestQuery String v, @RestHeader(HttpHeaders.ACCEPT_ENCODING) String encodings) {
        if (theme.darkLogo() == null) {
            throw new NotFoundException();
        }
        return logo(theme.darkLogo(), v, encodings);
    }

    private static Response logo(Asset logo, String version, String encodings) {
        return response(logo, version, encodings)
                .header("Content-Security-Policy", INERT)
                .build();
    }

    /** Pages are not compressed: they have secrets beside what others may choose (BREACH). */
    private static boolean takesGzip(String encodings) {
        return encodings != null && GZIP.matcher(encodings).find();
    }

    /** During a rolling update a request may name the version of another replica: that response must not be cached. */
    private static Response.ResponseBuilder response(Asset asset, String version, String encodings) {
        boolean isCompressed = takesGzip(encodings);
        return Response.ok(isCompressed ? asset.compressed() : asset.content())
                .header(HttpHeaders.CONTENT_ENCODING, isCompressed ? "gzip" : null)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header(HttpHeaders.CONTENT_TYPE, asset.type())
                .header(HttpHeaders.CACHE_CONTROL, asset.version().equals(version) ? A_YEAR : "no-store")
                .header("X-Content-Type-Options", "nosniff");
    }
}
