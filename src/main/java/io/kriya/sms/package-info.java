/**
 * Sends text messages through SMS providers: Twilio, a webhook, or the log in development.
 *
 * <p>{@link io.kriya.sms.SmsDispatch} tries the providers in their order and fails over only if it is certain that
 * nothing was sent. {@link io.kriya.sms.SmsText} has the texts by language. The two HTTP providers share one client,
 * which sends each request once within one timeout.
 */
package io.kriya.sms;
