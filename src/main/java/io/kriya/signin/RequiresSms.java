package io.kriya.signin;

import io.kriya.account.PhoneConfig;
import io.kriya.http.FeatureFilter;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The resource exists only with {@code PHONE_VERIFICATION=sms}; else it is 404. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface RequiresSms {

    /** The filter of these resources. */
    @Provider
    @RequiresSms
    class Filter extends FeatureFilter {

        Filter(Instance<PhoneConfig> config) {
            super(() -> config.get().isVerified());
        }
    }
}
