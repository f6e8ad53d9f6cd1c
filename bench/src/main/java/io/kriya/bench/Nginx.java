package io.kriya.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An nginx of one process that answers all requests with the same bytes, where one is installed. */
final class Nginx {

    private static final String ANSWER = """
            {"valid":true,"user":{"id":"00000000-0000-4000-8000-000000000001","phone_number":"+12000000001",\
            "first_name":"Ada","last_name":"Lovelace","email":null,"created_at":"2020-01-01T00:00:00Z"},\
            "message":"Token is valid"}""";

    private Nginx() {}

    /** The command that starts it on a port, if it is installed. */
    static Optional<List<String>> command(Path folder, int port) throws IOException {
        Stream<String> folders =
                Stream.concat(Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"));
        Optional<Path> binary = folders.map(path -> Path.of(path, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
        if (binary.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(folder);
        Path settings = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path .;
                    proxy_temp_path .;
                    fastcgi_temp_path .;
                    uwsgi_temp_path .;
                    scgi_temp_path .;
                    keepalive_requests 100000000;
                    default_type application/json;
                    server {
                        listen 127.0.0.1:%d;
                        return 200 '%s';
                    }
                }
                """.formatted(port, ANSWER));
        return Optional.of(
                List.of(binary.get().toString(), "-p", folder.toString(), "-e", "stderr", "-c", settings.toString()));
    }
}
