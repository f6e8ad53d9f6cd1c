package io.kriya.loginpage.view;

import io.quarkus.qute.TemplateData;

/** A language that pages are written in, by its tag (RFC 5646). */
@TemplateData
public record Language(String tag, boolean rightToLeft) {

    public String direction() {
        return rightToLeft ? "rtl" : "ltr";
    }
}
