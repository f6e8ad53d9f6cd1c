package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateData;

/**
 * When the code can be sent again.
 *
 * @param seconds 0 for now
 * @param clock the same for people, such as {@code 0:25}
 * @param nonce what makes a button that is pressed twice count once
 */
@TemplateData
public record Resend(int seconds, String clock, String nonce) {}
