package io.kriya.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers with a code that never changes and is never sent, for whoever tries an app out; up to a day. */
@ApplicationScoped
public class TestNumbers {

    private static final Pattern ENTRY = Pattern.compile("(" + PhoneNumber.PATTERN + ")=([0-9]{6})");

    private final Map<PhoneNumber, String> codes;
    private final LocalDate until;
    private final Clock clock;

    TestNumbers(PhoneConfig config, Clock clock) {
        codes = parse(config.testNumbers().orElse(List.of()));
        until = config.testNumbersUntil().orElse(LocalDate.MAX);
        this.clock = clock;
    }

    /**
     * Reads entries such as {@code +15555550100=123456}.
     *
     * @return the six digits of each number
     * @throws IllegalArgumentException for anything else
     */
    public static Map<PhoneNumber, String> parse(List<String> entries) {
        Map<PhoneNumber, String> codes = new HashMap<>();
        for (String entry : entries) {
            var match = ENTRY.matcher(entry);
            if (!match.matches()) {
                throw new IllegalArgumentException("not a number with a code");
            }
            codes.put(new PhoneNumber(match.group(1)), match.group(2));
        }
        return codes;
    }

    /** Whether a number is one of them today. */
    public boolean contains(PhoneNumber phone) {
        return codes.containsKey(phone)
                && !clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().isAfter(until);
    }

    /** Its six digits, if it is one of them today. */
    public Optional<String> codeOf(PhoneNumber phone) {
        return contains(phone) ? Optional.of(codes.get(phone)) : Optional.empty();
    }
}
