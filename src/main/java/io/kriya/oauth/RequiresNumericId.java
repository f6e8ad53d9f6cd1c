package io.kriya.oauth;

import io.kriya.http.FeatureFilter;
import io.kriya.oauth.client.OAuthConfig;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The resource exists only with {@code GITLAB_NUMERIC_ID}, for clients that need more of GitLab; else it is 404. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@interface RequiresNumericId {

    /** The filter of these resources. */
    @Provider
    @RequiresNumericId
    class Filter extends FeatureFilter {

        Filter(Instance<OAuthConfig> config) {
            super(() -> config.get().isEnabled() && config.get().hasNumericId());
        }
    }
}
