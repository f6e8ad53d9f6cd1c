package io.kriya.login;

import io.quarkus.qute.TemplateData;

/** A language that pages are written in, by its tag (RFC 5646). */
@TemplateData
record Language(String tag, boolean rightToLeft) {

    public String direction() {
        return rightToLeft ? "rtl" : "ltr";
    }
}
