package io.kriya.sms;

/** A way to send texts. */
interface SmsSender {

    /** As in {@code SMS_SENDERS}. */
    String name();

    /** Sends it once; never throws because of what the gateway does. */
    SmsResult send(SmsMessage message);
}
