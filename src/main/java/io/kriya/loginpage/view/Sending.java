package io.kriya.loginpage.view;

/** How the code was sent, which the page of the code says. */
public enum Sending {
    TEXT,
    WHATSAPP,
    CALL,
    /** It is uncertain that the message was sent. */
    UNCONFIRMED
}
