package io.kriya.login;

import io.kriya.http.Form;
import io.kriya.oauth.AuthorizationRequest;
import io.kriya.oauth.AuthorizationRequest.Refused;
import io.kriya.oauth.Client;
import io.kriya.oauth.PublicUrl;
import io.kriya.user.PhoneConfig;
import io.kriya.verification.Visitors;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads from a request who is on the page, and what for. */
@ApplicationScoped
class Visits {

    private final Client client;
    private final Cookies cookies;
    private final Languages languages;
    private final Look look;
    private final Visitors visitors;
    private final String base;
    private final boolean verifies;

    Visits(
            Client client,
            Cookies cookies,
            Languages languages,
            Look look,
            Visitors visitors,
            PublicUrl url,
            PhoneConfig phone) {
        this.client = client;
        this.cookies = cookies;
        this.languages = languages;
        this.look = look;
        this.visitors = visitors;
        base = url.path();
        verifies = phone.isVerified();
    }

    /**
     * Who is here.
     *
     * @throws Refused where the client's request can't be granted
     * @throws DeadEnd where nobody can log in
     */
    Visit of(HttpServerRequest http) throws Refused {
        AuthorizationRequest request = AuthorizationRequest.read(http.query(), client);
        if (!verifies) {
            throw new DeadEnd(Notice.NEEDS_SMS, frame(http));
        }
        Browser browser = cookies.browser(http);
        var frame = new Frame(base, request.query(), cookies.csrf(browser, request), language(http), look);
        return new Visit(http, request, browser, visitors.withoutKey(http), frame);
    }

    /**
     * The same, of a form.
     *
     * @throws DeadEnd also where it is not a form of this browser and request
     */
    Visit of(HttpServerRequest http, Form form) throws Refused {
        Visit visit = of(http);
        if (form.get("csrf")
                .filter(csrf -> cookies.isCsrf(csrf, visit.browser(), visit.request()))
                .isEmpty()) {
            throw new DeadEnd(Notice.FORM_EXPIRED, visit.frame());
        }
        return visit;
    }

    /** Around a page that has no form; where the client's request can be granted, it leads there again. */
    Frame frame(HttpServerRequest http) {
        return new Frame(base, query(http), null, language(http), look);
    }

    private String query(HttpServerRequest http) {
        try {
            return AuthorizationRequest.read(http.query(), client).query();
        } catch (Refused notGranted) {
            return null;
        }
    }

    private Language language(HttpServerRequest http) {
        return languages.best(http.getHeader("Accept-Language"));
    }
}
