package io.kriya.loginpage.view;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** What people see, one thing to do on each page; {@link Layout#render} makes HTML of it. */
@CheckedTemplate(basePath = "login")
public final class Pages {

    private Pages() {}

    /**
     * Asks for the number.
     *
     * @param typed what was typed before, or null
     * @param example a number as people there write it, or null
     * @param trouble what went wrong, or null
     */
    public static native TemplateInstance number(
            Layout frame, String typed, String nonce, String example, FormError trouble);

    /**
     * Asks for the code.
     *
     * @param phone the number it was sent to, as people there write it
     * @param resend null where it can't be sent again
     * @param trouble what went wrong, or null
     */
    public static native TemplateInstance code(
            Layout frame, String phone, int attemptsLeft, Resend resend, boolean sentAgain, FormError trouble);

    /**
     * Asks for the name of somebody new.
     *
     * @param typed what was typed before, or null
     * @param trouble what went wrong, or null
     */
    public static native TemplateInstance name(Layout frame, String typed, FormError trouble);

    /** Says why nothing can be asked. */
    public static native TemplateInstance notice(Layout frame, ErrorPage notice);
}
