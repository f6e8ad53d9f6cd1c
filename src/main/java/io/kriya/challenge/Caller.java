package io.kriya.challenge;

import io.kriya.device.DeviceSecret;
import java.util.Locale;
import java.util.Optional;

/**
 * The client of a request.
 *
 * @param address its IPv4 address, or the /64 of its IPv6 address, which rate limits count
 * @param network its IPv4 address, or the /48 of its IPv6 address, which rate limits count
 * @param language of the message
 * @param idempotencyKey the value of {@code Idempotency-Key}, if any: a request that is sent twice has the same
 * @param device the secret of the device that it comes from, if it presents one
 * @param proofOfWork the solution of a puzzle, if it presents one
 * @param isPage whether it is the login page, which shows notices
 */
public record Caller(
        String address,
        String network,
        Locale language,
        Optional<String> idempotencyKey,
        Optional<DeviceSecret> device,
        Optional<String> proofOfWork,
        boolean isPage) {

    public static Caller of(String address, String network, Locale language) {
        return new Caller(address, network, language, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    public Caller withIdempotencyKey(String key) {
        return new Caller(address, network, language, Optional.of(key), device, proofOfWork, isPage);
    }

    public Caller withDevice(Optional<DeviceSecret> secret) {
        return new Caller(address, network, language, idempotencyKey, secret, proofOfWork, isPage);
    }

    public Caller withProofOfWork(Optional<String> solution) {
        return new Caller(address, network, language, idempotencyKey, device, solution, isPage);
    }

    public Caller onPage() {
        return new Caller(address, network, language, idempotencyKey, device, proofOfWork, true);
    }

    /** Redacted. */
    @Override
    public String toString() {
        return "Caller";
    }
}
