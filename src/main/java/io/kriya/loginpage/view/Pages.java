package io.kriya.loginpage.view;

import io.kriya.sms.Notice;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The pages, one question each; {@link Layout#render} makes the HTML. */
@CheckedTemplate(basePath = "login")
// Qute looks names of the page up in the element of a loop first.
@RegisterForReflection(classNames = "io.quarkus.qute.LoopSectionHelper$IterationElement")
public final class Pages {

    private Pages() {}

    /**
     * Asks for the number.
     *
     * @param typed what was typed before, or empty
     * @param formError the error of the last step, or null
     */
    public static native TemplateInstance number(
            Layout layout, String typed, String nonce, CountryChoice choice, FormError formError);

    /**
     * Asks for the code.
     *
     * @param phone the number it was sent to, formatted
     * @param sending how it was sent
     * @param resend null if it can't be sent again
     * @param notice what the user is told of, or null
     * @param formError the error of the last step, or null
     */
    public static native TemplateInstance code(
            Layout layout,
            String phone,
            Sending sending,
            int attemptsLeft,
            Resend resend,
            boolean resent,
            Notice notice,
            FormError formError);

    /**
     * Asks a new user for a name.
     *
     * @param typed what was typed before, or empty
     * @param formError the error of the last step, or null
     */
    public static native TemplateInstance name(Layout layout, String typed, FormError formError);

    /** Says why the login can't go on. */
    public static native TemplateInstance error(Layout layout, ErrorPage errorPage);
}
