package io.kriya.config;

import io.kriya.setting.Format;
import io.kriya.setting.HttpUrl;
import io.kriya.setting.Switch;
import io.kriya.setting.Takes;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import org.hibernate.validator.constraints.Range;

/** How the process shuts down, logs and is traced. Quarkus reads other keys of the same variables. */
@ConfigMapping(prefix = "kriya.process")
interface ProcessConfig {

    /** Seconds after a SIGTERM in which requests are still served while readiness is down. */
    @WithDefault("5")
    @Range(min = 0, max = 300, message = Takes.SECONDS)
    int shutdownDelaySeconds();

    /** Seconds after that delay in which requests in flight have to end; 0 does not wait. */
    @WithDefault("20")
    @Range(min = 0, max = 300, message = Takes.SECONDS)
    int shutdownTimeoutSeconds();

    /** The form of the log: {@code json}, one object a line, or {@code text}. (Dev mode: {@code text}.) */
    @WithDefault("json")
    @Format(regexp = "json|text", message = "json or text")
    String logFormat();

    /** Whether Kriya's own code logs at DEBUG. It logs no secrets. */
    @WithDefault("false")
    @Format(regexp = Switch.FORM, message = Switch.TAKES)
    String debug();

    /** The URL of an OpenTelemetry collector, which traces are sent to. Without it there is no tracing. */
    @Format(by = HttpUrl.class, method = "isServer", message = "a URL such as http://collector:4317, or nothing")
    Optional<String> tracesEndpoint();

    /** The protocol of the collector. */
    @WithDefault("grpc")
    @Format(regexp = "grpc|http/protobuf", message = "grpc or http/protobuf")
    String tracesProtocol();
}
