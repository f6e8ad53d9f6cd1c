package io.kriya.loginpage.view;

/** The error pages: why a login can't go on. */
public enum ErrorPage {
    CLIENT_UNKNOWN,
    REDIRECT_UNKNOWN,
    /** Parameters are malformed or repeated. */
    REQUEST_INVALID,
    /** The browser's cookie or the CSRF token is missing or does not match. */
    FORM_EXPIRED,
    /** The operator has to set {@code PHONE_VERIFICATION=sms}. */
    NEEDS_SMS,
    DATABASE_UNAVAILABLE,
    FAULT
}
