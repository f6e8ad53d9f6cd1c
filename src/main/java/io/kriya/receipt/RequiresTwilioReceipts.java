package io.kriya.receipt;

import io.kriya.http.FeatureFilter;
import io.kriya.sms.SmsConfig;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The resource exists only with {@code SMS_RECEIPTS} and {@code twilio} or {@code voice} in {@code SMS_SENDERS}; else it is 404. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@interface RequiresTwilioReceipts {

    /** The filter of the resource. */
    @Provider
    @RequiresTwilioReceipts
    class Filter extends FeatureFilter {

        Filter(Instance<SmsConfig> config) {
            super(() -> config.get().takesReceipts("twilio") || config.get().takesReceipts("voice"));
        }
    }
}
