package io.kriya.loginpage;

import io.kriya.account.PhonePolicy;
import io.kriya.http.AcceptLanguage;
import io.kriya.http.address.ClientAddress;
import io.kriya.loginpage.branding.LoginConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.stream.Stream;

/** The country that the page proposes: from the CDN's header, else the default region, else the browser's language. */
@ApplicationScoped
class LoginCountry {

    private final Optional<String> header;
    private final ClientAddress addresses;
    private final PhonePolicy phones;

    LoginCountry(LoginConfig config, ClientAddress addresses, PhonePolicy phones) {
        header = config.countryHeader();
        this.addresses = addresses;
        this.phones = phones;
    }

    /** The first that is served. */
    Optional<String> of(HttpServerRequest http) {
        return Stream.of(
                        header.filter(_ -> addresses.isFromProxy(http)).map(http::getHeader),
                        phones.defaultRegion(),
                        AcceptLanguage.country(http.getHeader(HttpHeaders.ACCEPT_LANGUAGE)))
                .flatMap(Optional::stream)
                .filter(phones::serves)
                .findFirst();
    }
}
