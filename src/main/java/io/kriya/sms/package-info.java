/**
 * Sends one-time codes: in text messages through Twilio, a webhook, or the log in development; over WhatsApp; by calls.
 *
 * <p>{@link io.kriya.sms.SmsDispatch} tries the providers in their order and fails over only if it is certain that
 * nothing was sent, and picks the {@link io.kriya.sms.Channel}. {@link io.kriya.sms.SmsText} has the texts by
 * language. The HTTP providers share one client, which sends each request once within one timeout. {@link
 * io.kriya.sms.DeliveryReceipt} is what they report later.
 */
package io.kriya.sms;
