package io.kriya.apikey;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * The resource is for the Plane backend alone. Any other caller gets 403, before the body is read: a 401 with
 * {@code WWW-Authenticate} would make clients ask users for a password.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresApiKey {

    /** The filter of these resources. */
    @Provider
    @RequiresApiKey
    class Filter implements ContainerRequestFilter {

        /** Not before the settings are known: filters are created while a native binary is built. */
        private final Instance<ApiKeys> keys;

        Filter(Instance<ApiKeys> keys) {
            this.keys = keys;
        }

        @Override
        public void filter(ContainerRequestContext request) {
            ApiKeys accepted = keys.get();
            if (!accepted.isAccepted(request.getHeaders().getFirst(ApiKeys.HEADER))) {
                accepted.countRefusal();
                throw new ProblemException(ErrorCode.INVALID_API_KEY);
            }
        }
    }
}
