package io.kriya.login;

/** A language that pages are written in, by its tag (RFC 5646). */
record Language(String tag, boolean rightToLeft) {

    public String direction() {
        return rightToLeft ? "rtl" : "ltr";
    }
}
