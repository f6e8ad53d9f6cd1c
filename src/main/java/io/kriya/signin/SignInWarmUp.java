package io.kriya.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kriya.account.PhoneConfig;
import io.kriya.account.PhonePolicy;
import io.kriya.warmup.WarmUp;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.validation.Validator;

/** Signs in a user with a number of no country, by a code where one is required, and rolls it back. */
@Singleton
class SignInWarmUp implements WarmUp {

    private static final String REQUEST =
            "{\"phone_number\": \"+1 202-555-0100\", \"first_name\": \"Ada\", \"email\": \"ada@example.com\"}";

    private final SignIn signIn;
    private final PhonePolicy phones;
    private final Validator validator;
    private final ObjectMapper json;
    private final boolean verifies;

    SignInWarmUp(SignIn signIn, PhonePolicy phones, Validator validator, ObjectMapper json, PhoneConfig config) {
        this.signIn = signIn;
        this.phones = phones;
        this.validator = validator;
        this.json = json;
        verifies = config.isVerified();
    }

    @Override
    @Transactional
    public void run() {
        try {
            var request = json.readValue(REQUEST, RegisterRequest.class);
            validator.validate(request);
            phones.read(request.phoneNumber());
            json.writeValueAsString(SessionResponse.of(signIn.warmUp(verifies)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            QuarkusTransaction.setRollbackOnly();
        }
    }
}
