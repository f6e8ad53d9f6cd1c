package io.kriya.sms;

/** An SMS provider. */
interface SmsSender {

    /** Its name in {@code SMS_SENDERS}. */
    String name();

    /** Sends a message once; never throws because the provider fails. */
    SmsResult send(SmsMessage message);
}
