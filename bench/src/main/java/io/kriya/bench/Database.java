package io.kriya.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A database on a server of the benchmark's own. */
record Database(EmbeddedPostgres server, String name) {

    /** Starts the server. */
    static EmbeddedPostgres start(Path folder) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(Ports.free())
                .setOverrideWorkingDirectory(folder.toFile())
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("max_wal_size", "4GB")
                .start();
    }

    static Database create(EmbeddedPostgres server, String name) {
        new Database(server, "postgres").execute("create database " + name);
        return new Database(server, name);
    }

    int port() {
        return server.getPort();
    }

    /** As {@code DATABASE_URL} takes it. */
    String url() {
        return "postgresql://postgres@127.0.0.1:" + port() + "/" + name;
    }

    void execute(String... statements) {
        for (String sql : statements) {
            query(sql);
        }
    }

    /** The first column of every row, a line each; empty where there is none. */
    String query(String sql) {
        String url = "jdbc:postgresql://127.0.0.1:" + port() + "/" + name;
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement()) {
            var lines = new StringBuilder();
            if (statement.execute(sql)) {
                for (var rows = statement.getResultSet(); rows.next(); ) {
                    lines.append(rows.getString(1)).append('\n');
                }
            }
            return lines.toString().strip();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The process that all others of the server come from. */
    ProcessHandle process() {
        long pid = Long.parseLong(query("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"));
        return ProcessHandle.of(pid).orElseThrow();
    }
}
