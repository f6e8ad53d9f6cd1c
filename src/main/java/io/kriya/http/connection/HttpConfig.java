package io.kriya.http.connection;

import io.kriya.setting.Format;
import io.kriya.setting.ProductionCheck;
import io.kriya.setting.Takes;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.Range;

/** Where the server listens, and what a client may ask of it. */
@ConfigMapping(prefix = "kriya.http")
public interface HttpConfig extends ProductionCheck {

    /** An origin as browsers send it (RFC 6454, 6.2), with a port up to 65535: nothing else can ever match. */
    String ORIGIN = "[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\\[[0-9a-f:.]+])"
            + "(:([0-9]{1,4}|[0-5][0-9]{4}|6([0-4][0-9]{3}|5([0-4][0-9]{2}|5([0-2][0-9]|3[0-5])))))?";

    /** The address to listen on. (Dev mode: {@code localhost}.) */
    @WithDefault("0.0.0.0")
    @Format(
            by = ListeningPort.class,
            method = "isLocal",
            message = "an address or name of this machine, such as 0.0.0.0")
    String host();

    /** The port to listen on. */
    @WithDefault("8001")
    @Range(min = 1, max = 65_535, message = Takes.PORT)
    int port();

    /** The port of the metrics, {@code /q/metrics}, internal only; not {@code PORT}. (Dev mode: any, printed.) */
    @WithDefault("9000")
    @Range(min = 1, max = 65_535, message = Takes.PORT)
    int managementPort();

    /** Host and port that Quarkus listens on: its own settings win. */
    @WithDefault("${quarkus.http.host}:${quarkus.http.port}")
    String listensOn();

    /** Host and port of the metrics. */
    @WithDefault("${quarkus.management.host}:${quarkus.management.port}")
    String managementListensOn();

    /** The maximum number of client connections of a replica; one more is closed, unless it is a health probe. */
    @WithDefault("10000")
    @Range(min = 10, max = 1_000_000, message = Takes.NUMBER)
    int maxConnections();

    /** Seconds for the head of a request to arrive, and for its body (else a 408); then the connection is closed. */
    @WithDefault("10")
    @Range(min = 1, max = 300, message = Takes.SECONDS)
    int bodyTimeoutSeconds();

    /** Whether the documentation of the API is served, {@code /docs} and {@code /openapi.json}. */
    @WithDefault("true")
    @Format(regexp = "true|false", message = "true or false")
    String docs();

    /** The web origins whose pages may call Kriya: exact, in lower case, without a path; {@code *} is not one. */
    @Format(
            regexp = ORIGIN,
            message = "origins such as https://plane.example.com, as a JSON list or separated by commas")
    Optional<List<String>> allowedOrigins();

    /** The trusted proxies of the mapping of clients. */
    @WithDefault("${kriya.client.trusted-proxies:}")
    Optional<String> trustedProxies();

    default boolean hasDocs() {
        return docs().equals("true");
    }

    default Duration bodyTimeout() {
        return Duration.ofSeconds(bodyTimeoutSeconds());
    }

    /** Before the database is touched; the server would notice only afterwards. */
    @Override
    default Stream<String> problems() {
        return port() == managementPort() && port() > 0
                ? Stream.of("MANAGEMENT_PORT takes another port than PORT, and both are " + port() + ".")
                : ListeningPort.taken("PORT", listensOn())
                        .or(() -> ListeningPort.taken("MANAGEMENT_PORT", managementListensOn()))
                        .stream();
    }

    @Override
    default Stream<String> warnings() {
        return Stream.ofNullable(ProductionCheck.unless(
                !isSms() || trustedProxies().isPresent(),
                "TRUSTED_PROXIES is not set: behind an ingress everybody has its address, and all people together the"
                        + " messages of one"));
    }
}
