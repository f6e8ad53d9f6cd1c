package io.kriya.sms;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Configurations for tests. */
final class TestSmsConfig {

    private TestSmsConfig() {}

    /** With these keys, written without their common beginning, and the defaults. */
    static SmsConfig of(Map<String, String> keys) {
        var properties = new HashMap<String, String>();
        keys.forEach((key, value) -> properties.put("kriya.sms." + key, value));
        return new SmallRyeConfigBuilder()
                .withMapping(SmsConfig.class)
                .withSources(new PropertiesConfigSource(properties, "the test", 100))
                .build()
                .getConfigMapping(SmsConfig.class);
    }

    /** That of both gateways, with something of one's own. */
    static SmsConfig of(FakeGateway gateway, Map<String, String> keys) {
        var all = new HashMap<>(Map.of(
                "timeout-millis", "20000",
                "twilio.base-url", gateway.url(),
                "twilio.account-sid", FakeGateway.ACCOUNT_SID,
                "twilio.auth-token", FakeGateway.AUTH_TOKEN,
                "twilio.from", FakeGateway.FROM,
                "whatsapp.phone-number-id", FakeGateway.WHATSAPP_NUMBER_ID,
                "whatsapp.access-token", FakeGateway.WHATSAPP_TOKEN,
                "whatsapp.template", FakeGateway.WHATSAPP_TEMPLATE,
                "webhook.url", gateway.url() + "/sms?tenant=1",
                "webhook.secret", FakeGateway.WEBHOOK_SECRET));
        all.put("whatsapp.base-url", gateway.url() + "/v23.0");
        all.putAll(keys);
        return of(all);
    }
}
