package io.kriya.loginpage.view;

/** Why there is nothing to ask. */
public enum ErrorPage {
    CLIENT_UNKNOWN,
    REDIRECT_UNKNOWN,
    /** Parameters that can't be read, or are there twice. */
    REQUEST_INVALID,
    /** The cookie or the token of the form is missing or another's. */
    FORM_EXPIRED,
    /** The operator has to set {@code PHONE_VERIFICATION=sms}. */
    NEEDS_SMS,
    DATABASE_UNAVAILABLE,
    FAULT
}
