package io.kriya.sms;

/** An SMS provider. */
interface SmsSender {

    /** Its name in {@code SMS_SENDERS}. */
    String name();

    /** Sends a message once; never throws because of the gateway. */
    SmsResult send(SmsMessage message);
}
