package io.kriya.sms;

import io.kriya.warmup.WarmUp;
import jakarta.inject.Singleton;

/** Sends a request as a provider gets it, to this process. Without providers the HTTP client is never created. */
@Singleton
class SmsWarmUp implements WarmUp {

    private final SmsConfig config;
    private final GatewayClient client;

    SmsWarmUp(SmsConfig config, GatewayClient client) {
        this.config = config;
        this.client = client;
    }

    @Override
    public void run() {
        if (config.senders().isPresent()) {
            client.warmUp();
        }
    }
}
