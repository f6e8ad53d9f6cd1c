package io.kriya.floor;

/** What Kriya answers. */
final class Answers {

    static final String PHONE_NUMBER = "+12000000001";
    static final String FIRST_NAME = "Ada";
    static final String LAST_NAME = "Lovelace";
    static final String ID = "00000000-0000-4000-8000-000000000001";
    static final String CREATED_AT = "2020-01-01T00:00:00Z";
    static final String MESSAGE = "Token is valid";

    static final String VALID = """
            {"valid":true,"user":{"id":"%s","phone_number":"%s","first_name":"%s","last_name":"%s",\
            "email":null,"created_at":"%s"},"message":"%s"}""".formatted(ID, PHONE_NUMBER, FIRST_NAME, LAST_NAME, CREATED_AT, MESSAGE);

    static final String HEALTHY = "{\"status\":\"healthy\"}";

    private Answers() {}
}
