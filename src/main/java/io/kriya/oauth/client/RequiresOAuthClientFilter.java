package io.kriya.oauth.client;

import io.kriya.http.FeatureFilter;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ext.Provider;

@Provider
@RequiresOAuthClient
class RequiresOAuthClientFilter extends FeatureFilter {

    RequiresOAuthClientFilter(Instance<OAuthConfig> config) {
        super(() -> config.get().isEnabled());
    }
}
