package io.kriya.selfservice;

import io.kriya.KriyaProcess;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** Requests of somebody for their own account. */
final class Own {

    private Own() {}

    static HttpResponse<String> send(KriyaProcess kriya, String method, String path, String token, String json) {
        return kriya.send(kriya.request("/api/auth" + path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build());
    }

    static HttpResponse<String> send(KriyaProcess kriya, String method, String path, String token) {
        return kriya.send(kriya.request("/api/auth" + path)
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.noBody())
                .build());
    }
}
