package io.kriya.signin;

import io.kriya.challenge.Caller;
import io.kriya.device.DeviceSecret;
import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import io.kriya.error.Violation;
import io.kriya.http.address.ClientAddress;
import io.kriya.http.address.RemoteAddress;
import io.kriya.sms.SmsText;
import io.kriya.validation.ViolationCode;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/** Reads the {@link Caller} of a request. */
@ApplicationScoped
public class Callers {

    /** The header by which a repeated request counts once. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** The header that has the solution of a puzzle. */
    public static final String PROOF_OF_WORK = "Proof-Of-Work";

    /** The minimum length: a client that guessed another client's key would get its challenge, but not the code. */
    private static final int MIN_LENGTH = 16;

    private static final int MAX_LENGTH = 255;

    private final ClientAddress addresses;
    private final SmsText texts;

    Callers(ClientAddress addresses, SmsText texts) {
        this.addresses = addresses;
        this.texts = texts;
    }

    /**
     * The caller, with the idempotency key and the proof of work that it sends.
     *
     * @param deviceToken as it was sent; null if it was not. What is not the secret of a device is ignored.
     * @throws ProblemException if the key is too short or too long
     */
    public Caller of(HttpServerRequest request, String deviceToken) {
        Optional<String> key = Optional.ofNullable(request.getHeader(IDEMPOTENCY_KEY));
        key.map(String::length)
                .map(length -> length < MIN_LENGTH
                        ? ViolationCode.TOO_SHORT
                        : length > MAX_LENGTH ? ViolationCode.TOO_LONG : null)
                .ifPresent(code -> {
                    throw new ProblemException(
                            ErrorCode.INVALID_REQUEST,
                            new Violation(IDEMPOTENCY_KEY, code, "has to be 16 to 255 characters, such as a UUID"));
                });
        Caller caller = withoutIdempotencyKey(request, language(request))
                .withDevice(DeviceSecret.parse(deviceToken))
                .withProofOfWork(Optional.ofNullable(request.getHeader(PROOF_OF_WORK))
                        // Only the login page may wait instead.
                        .filter(solution -> !solution.endsWith(":")));
        return key.map(caller::withIdempotencyKey).orElse(caller);
    }

    /** The same for a request that has no device token. */
    public Caller of(HttpServerRequest request) {
        return of(request, null);
    }

    /** The caller of a request without that header, to whom this language is spoken. */
    public Caller withoutIdempotencyKey(HttpServerRequest request, Locale language) {
        RemoteAddress remote = addresses.of(request);
        return Caller.of(remote.address(), remote.network(), language);
    }

    private Locale language(HttpServerRequest request) {
        return texts.language(request.getHeader("Accept-Language"));
    }
}
