package io.kriya.oauth.client;

import io.kriya.http.FeatureFilter;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The resource exists only with {@code OAUTH_CLIENT_ID}; else it is 404. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresOAuthClient {

    /** The filter of these resources. */
    @Provider
    @RequiresOAuthClient
    class Filter extends FeatureFilter {

        Filter(Instance<OAuthConfig> config) {
            super(() -> config.get().isEnabled());
        }
    }
}
