package io.kriya.login;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** What people see, one thing to do on each page; {@link Frame#render} makes HTML of it. */
@CheckedTemplate(basePath = "login")
final class Pages {

    private Pages() {}

    /**
     * Asks for the number.
     *
     * @param typed what was typed before, or null
     * @param example a number as people there write it, or null
     * @param trouble what went wrong, or null
     */
    static native TemplateInstance number(Frame frame, String typed, String nonce, String example, Trouble trouble);

    /**
     * Asks for the code.
     *
     * @param phone the number it was sent to, as people there write it
     * @param resend null where it can't be sent again
     * @param trouble what went wrong, or null
     */
    static native TemplateInstance code(
            Frame frame, String phone, int attemptsLeft, Resend resend, boolean sentAgain, Trouble trouble);

    /**
     * Asks for the name of somebody new.
     *
     * @param typed what was typed before, or null
     * @param trouble what went wrong, or null
     */
    static native TemplateInstance name(Frame frame, String typed, Trouble trouble);

    /** Says why nothing can be asked. */
    static native TemplateInstance notice(Frame frame, Notice notice);
}
