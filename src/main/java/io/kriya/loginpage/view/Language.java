package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateData;

/**
 * A language of the pages, by its tag (RFC 5646).
 *
 * @param name in the language itself
 */
@TemplateData
public record Language(String tag, String name, boolean rightToLeft) {

    public String direction() {
        return rightToLeft ? "rtl" : "ltr";
    }
}
