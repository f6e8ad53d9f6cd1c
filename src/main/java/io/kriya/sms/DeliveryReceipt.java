package io.kriya.sms;

import java.util.UUID;

/**
 * A delivery receipt: what an SMS provider reports, in the end, of a message that it has accepted.
 *
 * @param reference of the message
 * @param sender the name of the SMS provider in {@code SMS_SENDERS}
 * @param errorCode of the SMS provider, or {@link SmsResult#NO_CODE}
 */
public record DeliveryReceipt(UUID reference, String sender, boolean isDelivered, int errorCode) {

    /** The value in the message's record and in metrics. */
    public String delivery() {
        return isDelivered ? "delivered" : "undelivered";
    }
}
