package io.kriya.dev;

import io.kriya.config.DevSources;
import io.kriya.http.connection.ListeningPort;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Starts dev mode's PostgreSQL, and configures it and the demo client. */
public final class DevMode implements DevSources {

    /** A system property, which survives a live reload, during which dev mode itself holds the port. */
    private static final String BEGUN = "kriya.dev.begun";

    /** Below the ordinal of every config source that can set a database or a client. */
    private static final int ORDINAL = 110;

    @Override
    public List<ConfigSource> of(Function<String, Optional<String>> settings) {
        String port = settings.apply("quarkus.http.port").orElseThrow();
        boolean hasDatabase = settings.apply("DATABASE_URL").isPresent()
                || settings.apply("quarkus.datasource.jdbc.url").isPresent();
        if (!hasDatabase) {
            EmbeddedPostgres.lock();
        }
        if (System.getProperty(BEGUN) == null) {
            ListeningPort.taken("PORT", settings.apply("quarkus.http.host").orElseThrow() + ":" + port)
                    .ifPresent(DevMode::end);
            System.setProperty(BEGUN, "true");
        }
        Map<String, String> keys = new HashMap<>();
        if (!hasDatabase) {
            keys.put("quarkus.datasource.jdbc.url", EmbeddedPostgres.url());
            keys.put("quarkus.datasource.username", "postgres");
        }
        Map<String, String> demo = Demo.settings(port);
        if (settings.apply("kriya.phone.verification").filter("sms"::equals).isPresent()
                && demo.keySet().stream()
                        .filter(key -> !key.equals(Demo.PUBLIC_URL))
                        .noneMatch(key -> settings.apply(key).isPresent())) {
            keys.putAll(demo);
        }
        return List.of(new PropertiesConfigSource(keys, "dev mode's own settings", ORDINAL));
    }

    /** Ends the process: dev mode would wait for a change of the code, which would not help. */
    static void end(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }
}
