package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateData;

/** A language of the pages, by its tag (RFC 5646). */
@TemplateData
public record Language(String tag, boolean rightToLeft) {

    public String direction() {
        return rightToLeft ? "rtl" : "ltr";
    }
}
