package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateData;

/**
 * When the code can be sent again.
 *
 * @param seconds 0 if it can be sent now
 * @param countdown the same as text, such as {@code 0:25}
 * @param nonce the idempotency key of the form
 * @param offersCall whether a call can be asked for
 * @param offersText whether a text message can be asked for, after another channel
 * @param asked the channel that was asked for before a puzzle had to be solved; null for the usual one
 */
@TemplateData
public record Resend(
        int seconds, String countdown, String nonce, boolean offersCall, boolean offersText, String asked) {}
