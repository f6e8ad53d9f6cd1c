package io.kriya.status;

import io.kriya.security.Sha256;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateData;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The page at {@code /} in a browser.
 *
 * @param docs whether the API documentation is served
 */
@TemplateData
record WelcomePage(String version, boolean docs) {

    private static final String STYLE = """
            body { max-width: 36rem; margin: 0 auto; padding: 3rem 1rem; font: 1.0625rem/1.5 system-ui, sans-serif; }
            h1 { margin: 0 0 .75rem; font-size: 1.6875rem; line-height: 1.25; }
            ul { margin: 1.5rem 0; padding: 0; list-style: none; }
            a { display: inline-block; padding: .5rem 0; }
            """;

    /** Allows only its own style, by hash (CSP Level 3, 8.3), and no frame. */
    private static final String POLICY = "default-src 'none'; img-src data:; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Sha256.of(STYLE.getBytes(StandardCharsets.UTF_8)))
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public String style() {
        return STYLE;
    }

    ResponseBuilder response() {
        return Response.ok(Templates.welcome(this).render(), MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Content-Security-Policy", POLICY)
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer");
    }

    @CheckedTemplate(basePath = "status")
    static final class Templates {

        private Templates() {}

        static native TemplateInstance welcome(WelcomePage page);
    }
}
