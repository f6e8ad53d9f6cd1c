package io.kriya;

import io.kriya.nativeimage.Tracing;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The environment in which the tests run Kriya, that of a deployment. */
public class TestSettings implements QuarkusTestResourceLifecycleManager {

    private static final String PORT = "kriya.test.database-port";
    private static final String NAME = "kriya.test.database-name";

    @Override
    public Map<String, String> start() {
        var database = TestPostgres.database();
        // The tests are loaded by another class loader than this.
        System.setProperty(PORT, Integer.toString(database.port()));
        System.setProperty(NAME, database.name());
        // Of the process that is started next: see pom.xml.
        Tracing.begin();
        var settings = new HashMap<>(Api.CLIENT);
        settings.putAll(Map.of(
                "DATABASE_URL",
                database.url(),
                "PLANE_API_KEY",
                Api.KEY,
                "PLANE_API_KEY_PREVIOUS",
                Api.PREVIOUS_KEY,
                "ALLOWED_ORIGINS",
                "[\"https://plane.example.com\", \"http://localhost:3000\"]",
                // The machine that the tests run on may be slow; that is not what they look for.
                "DATABASE_TIMEOUT_MILLIS",
                KriyaProcess.timeout(20_000),
                "SHUTDOWN_DELAY_SECONDS",
                "0",
                // The test port of Quarkus is not that of a packaged Kriya.
                "quarkus.management.port",
                "0"));
        return settings;
    }

    @Override
    public void stop() {}

    /** The database of the running Kriya, to look into. */
    public static TestPostgres.Database database() {
        return new TestPostgres.Database(Integer.getInteger(PORT), System.getProperty(NAME));
    }
}
