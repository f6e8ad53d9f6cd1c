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

/** Test numbers: each has a fixed one-time code that is never sent, and is valid until a configured day. */
@ApplicationScoped
public class TestNumbers {

    /** The format of an entry. */
    static final String ENTRY = "(" + PhoneNumber.PATTERN + ")=([0-9]{6})";

    private final Map<PhoneNumber, String> codes;
    private final LocalDate until;
    private final Clock clock;

    TestNumbers(PhoneConfig config, Clock clock) {
        codes = parse(config.testNumbers().orElse(List.of()));
        until = config.testNumbersUntil().map(LocalDate::parse).orElse(LocalDate.MAX);
        this.clock = clock;
    }

    /**
     * Parses entries such as {@code +15555550100=123456}.
     *
     * @return the code of each number
     * @throws IllegalArgumentException if an entry is malformed
     */
    public static Map<PhoneNumber, String> parse(List<String> entries) {
        Map<PhoneNumber, String> codes = new HashMap<>();
        for (String entry : entries) {
            var match = Pattern.compile(ENTRY).matcher(entry);
            if (!match.matches()) {
                throw new IllegalArgumentException("not a number with a code");
            }
            codes.put(new PhoneNumber(match.group(1)), match.group(2));
        }
        return codes;
    }

    /** Whether a number is a test number today. */
    public boolean contains(PhoneNumber phone) {
        return codes.containsKey(phone)
                && !clock.instant().atOffset(ZoneOffset.UTC).toLocalDate().isAfter(until);
    }

    /** The code of a number if it is a test number today. */
    public Optional<String> codeOf(PhoneNumber phone) {
        return contains(phone) ? Optional.of(codes.get(phone)) : Optional.empty();
    }
}
