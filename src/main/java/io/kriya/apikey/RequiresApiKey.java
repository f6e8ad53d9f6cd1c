package io.kriya.apikey;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * The resource is for the Plane backend alone. Any other caller gets 403, before the body is read: a 401 with
 * {@code WWW-Authenticate} would make clients ask users for a password.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresApiKey {

    /** The filter of these resources. */
    class Filter {

        private final ApiKeys keys;

        Filter(ApiKeys keys) {
            this.keys = keys;
        }

        @RequiresApiKey
        @ServerRequestFilter
        void check(HttpServerRequest request) {
            if (!keys.isAccepted(request.getHeader(ApiKeys.HEADER))) {
                keys.countRefusal();
                throw new ProblemException(ErrorCode.INVALID_API_KEY);
            }
        }
    }
}
