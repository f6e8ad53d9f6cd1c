package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateExtension;

/** Keeps numbers and times left-to-right in right-to-left text. */
@TemplateExtension
final class DirectionExtension {

    private DirectionExtension() {}

    /** Escaped HTML, isolated from the direction around it. */
    static String ltr(String text) {
        return "<bdi dir=\"ltr\">" + escaped(text) + "</bdi>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
