package io.kriya.sms;

import io.kriya.warmup.WarmUp;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Posts to a socket of this machine. */
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
        try {
            if (config.senders().isPresent()) {
                client.tryOut();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
