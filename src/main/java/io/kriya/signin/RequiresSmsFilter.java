package io.kriya.signin;

import io.kriya.account.PhoneConfig;
import io.kriya.http.FeatureFilter;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ext.Provider;

@Provider
@RequiresSms
class RequiresSmsFilter extends FeatureFilter {

    RequiresSmsFilter(Instance<PhoneConfig> config) {
        super(() -> config.get().isVerified());
    }
}
