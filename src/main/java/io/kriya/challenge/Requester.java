package io.kriya.challenge;

import io.kriya.account.PhoneNumber;

/**
 * Who requests a message to a number, or tries a code of it: what rate limits count.
 *
 * @param isKnown whether it is a known device of the number's account; a stranger otherwise
 */
record Requester(PhoneNumber phone, Caller caller, boolean isKnown) {

    /** The key of the number's limits. Known devices have limits of their own, which strangers can't use up. */
    String phoneKey() {
        return phoneKey(phone, isKnown);
    }

    /** The key of a limit that many users share. Known devices share one of their own. */
    String sharedKey(String key) {
        return isKnown ? "known " + key : key;
    }

    static String phoneKey(PhoneNumber phone, boolean isKnown) {
        return isKnown ? "known " + phone.value() : phone.value();
    }

    /** The key of the limits of one address at one number. */
    String pairKey() {
        return phone.value() + " " + caller.network();
    }
}
