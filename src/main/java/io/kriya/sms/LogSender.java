package io.kriya.sms;

import io.kriya.sms.SmsResult.Sent;
import org.jboss.logging.Logger;

/** Writes messages to the log, for development only: they hold one-time codes. */
final class LogSender implements SmsSender {

    private static final Logger LOG = Logger.getLogger(LogSender.class);

    @Override
    public String name() {
        return "log";
    }

    @Override
    public SmsResult send(SmsMessage message) {
        LOG.infof("SMS to %s: %s", message.to(), message.text());
        return new Sent();
    }
}
