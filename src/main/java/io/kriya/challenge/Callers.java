package io.kriya.challenge;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.error.Violation;
import io.kriya.http.address.ClientAddress;
import io.kriya.sms.SmsText;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/** Reads from a request who asks. */
@ApplicationScoped
public class Callers {

    /** The header that makes a request that is sent twice count once. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Whoever guesses the key of another gets their verification, though not their code. */
    private static final int LEAST = 16;

    private static final int MOST = 255;

    private final ClientAddress addresses;
    private final SmsText texts;

    Callers(ClientAddress addresses, SmsText texts) {
        this.addresses = addresses;
        this.texts = texts;
    }

    /**
     * Who asks.
     *
     * @throws ProblemException where the idempotency key can't be used
     */
    public Caller of(HttpServerRequest request) {
        Optional<String> key = Optional.ofNullable(request.getHeader(IDEMPOTENCY_KEY));
        if (key.filter(text -> text.length() < LEAST || text.length() > MOST).isPresent()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    new Violation(IDEMPOTENCY_KEY, "has to be 16 to 255 characters, such as a UUID"));
        }
        return new Caller(addresses.of(request), language(request), key);
    }

    /** The same, of a request that has its key elsewhere, if any. */
    public Caller withoutKey(HttpServerRequest request) {
        return new Caller(addresses.of(request), language(request), Optional.empty());
    }

    private Locale language(HttpServerRequest request) {
        return texts.language(request.getHeader("Accept-Language"));
    }
}
