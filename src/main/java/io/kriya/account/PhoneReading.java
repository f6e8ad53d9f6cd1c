package io.kriya.account;

import io.kriya.validation.ViolationCode;
import java.util.Optional;

/**
 * What a typed phone number is read as.
 *
 * @param number empty if it is refused
 * @param refusal the reason, or null if it is accepted
 */
public record PhoneReading(Optional<PhoneNumber> number, ViolationCode refusal) {

    static PhoneReading accepted(PhoneNumber number) {
        return new PhoneReading(Optional.of(number), null);
    }

    static PhoneReading refused(ViolationCode reason) {
        return new PhoneReading(Optional.empty(), reason);
    }
}
