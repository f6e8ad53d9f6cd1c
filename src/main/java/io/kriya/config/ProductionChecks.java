package io.kriya.config;

import io.kriya.account.PhoneConfig;
import io.kriya.http.address.ClientConfig;
import io.kriya.oauth.client.OAuthConfig;
import io.kriya.plane.PlaneConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jboss.logging.Logger;

/** Says at every start in production what is legal but unwise. */
@Singleton
class ProductionChecks {

    private static final Logger LOG = Logger.getLogger(ProductionChecks.class);
    private static final String SAMPLE_KEY = "shared-secret-key-for-plane-kriya-communication";

    private final PlaneConfig plane;
    private final PhoneConfig phone;
    private final ClientConfig client;
    private final OAuthConfig oauth;
    private final LaunchMode mode;

    ProductionChecks(
            PlaneConfig plane,
            PhoneConfig phone,
            ClientConfig client,
            OAuthConfig oauth,
            LaunchMode mode,
            MeterRegistry meters) {
        this.plane = plane;
        this.phone = phone;
        this.client = client;
        this.oauth = oauth;
        Gauge.builder("kriya.phone.verification", () -> 1)
                .description("How phone numbers are proven: none or sms.")
                .tag("mode", phone.verification().name().toLowerCase(Locale.ROOT))
                .register(meters);
        this.mode = mode;
    }

    void warn(@Observes StartupEvent started) {
        if (mode != LaunchMode.NORMAL) {
            return;
        }
        if (plane.keys().anyMatch(SAMPLE_KEY::equals)) {
            LOG.warn("PLANE_API_KEY is the sample of the documentation, which everybody knows: choose one of your own");
        }
        if (!phone.isVerified()) {
            LOG.warn(
                    "Phone numbers are not verified (PHONE_VERIFICATION=none): anybody who knows a number gets a token for it from"
                            + " /api/auth/register, so let only a front end that proves the number itself reach it");
        } else if (client.trustedProxies().isEmpty()) {
            LOG.warn(
                    "TRUSTED_PROXIES is not set: behind an ingress everybody has its address, and all people together the messages"
                            + " of one");
        }
        if (oauth.isEnabled() && !phone.isVerified()) {
            LOG.warn("OAUTH_CLIENT_ID is set, and the login page needs PHONE_VERIFICATION=sms: it lets nobody in");
        }
        phone.testNumbersUntil()
                .filter(_ -> phone.testNumbers().isPresent())
                .ifPresent(
                        day -> LOG.warnf("SMS_TEST_NUMBERS need no phone until %s: whoever knows them is let in", day));
    }
}
