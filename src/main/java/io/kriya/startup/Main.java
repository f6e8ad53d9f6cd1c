package io.kriya.startup;

import io.kriya.http.Connections;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Starts Kriya. With the argument {@code health} it asks the one that runs here instead: its images hold no curl. */
@QuarkusMain
public class Main {

    private static final int PATIENCE_MILLIS = 2000;

    public static void main(String... args) {
        if (args.length == 1 && args[0].equals("health")) {
            System.exit(isReady() ? 0 : 1);
        }
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Termination.expect();
        }
        Connections.expect();
        Quarkus.run(args);
    }

    private static boolean isReady() {
        String port = System.getenv().getOrDefault("PORT", "8001");
        try {
            var request = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/q/health/ready")
                    .toURL()
                    .openConnection();
            request.setConnectTimeout(PATIENCE_MILLIS);
            request.setReadTimeout(PATIENCE_MILLIS);
            return request.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException _) {
            return false;
        }
    }
}
