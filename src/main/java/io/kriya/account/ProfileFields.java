package io.kriya.account;

/** What the API document says of the fields of a {@link Profile}, wherever a request has them. */
public final class ProfileFields {

    public static final String FIRST_NAME =
            "With a visible letter, digit or symbol, without control characters and bidirectional overrides.";

    public static final String LAST_NAME = "As the first name.";

    /** Of a request that changes what is stored. */
    public static final String STORED_LAST_NAME =
            LAST_NAME + " Missing or null keeps the stored name, empty clears it.";

    public static final String EMAIL = "Not under `kriya.local`.";

    /** As {@link #STORED_LAST_NAME}. */
    public static final String STORED_EMAIL =
            EMAIL + " Missing or null keeps the stored address, empty clears it. It is not verified.";

    public static final int NAME_LENGTH = NamePolicy.MAX_LENGTH;

    public static final int EMAIL_LENGTH = ValidEmail.Validator.MAX_LENGTH;

    private ProfileFields() {}
}
