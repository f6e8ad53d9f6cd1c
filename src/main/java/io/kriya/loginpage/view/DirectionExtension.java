package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateExtension;

/** Numbers and clocks as pages show them: from left to right also among Arabic. */
@TemplateExtension
final class DirectionExtension {

    private DirectionExtension() {}

    /** HTML that a message may hold. */
    static String ltr(String text) {
        return "<bdi dir=\"ltr\">" + escaped(text) + "</bdi>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
