package io.kriya.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhoneNumberTest {

    @Test
    void aNumberIsMaskedWhereverItIsPrinted() {
        assertThat(new PhoneNumber("+12025550100")).hasToString("+1202•••••00");
        assertThat(new PhoneNumber("+1234567890")).hasToString("+1234••••90");
        assertThat(new PhoneNumber("+123456789012345")).hasToString("+1234•••••••••45");
    }

    @Test
    void fourDigitsAtLeastAreHidden() {
        assertThat(new PhoneNumber("+123456789")).hasToString("+123••••89");
        assertThat(new PhoneNumber("+12345678")).hasToString("+12••••78");
        assertThat(new PhoneNumber("+6834001")).hasToString("+6••••01");
    }

    @Test
    void anotherFormCanNotBeMade() {
        for (String other : List.of("+1 202-555-0100", "+123456", "+1234567890123456", "+0123456789", "1234567890")) {
            assertThatThrownBy(() -> new PhoneNumber(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aShortNumberCanBeStoredButIsNotParsed() {
        assertThat(new PhoneNumber("+298211234").value()).isEqualTo("+298211234");
        assertThat(PhoneNumber.parse("+298211234")).isEmpty();
        assertThat(PhoneNumber.parse("+123456789")).isEmpty();
        assertThat(PhoneNumber.of("+298211234")).contains(new PhoneNumber("+298211234"));
        assertThat(PhoneNumber.of("+123456")).isEmpty();
    }

    @Test
    void tenToFifteenDigitsAreParsed() {
        assertThat(PhoneNumber.parse("+1234567890")).contains(new PhoneNumber("+1234567890"));
        assertThat(PhoneNumber.parse("+123456789012345")).contains(new PhoneNumber("+123456789012345"));
        assertThat(PhoneNumber.parse("+1234567890123456")).isEmpty();
    }

    @Test
    void everyDecimalDigitOfUnicodeIsUnderstood() {
        for (int zero = 0; zero <= Character.MAX_CODE_POINT; zero++) {
            if (Character.getType(zero) == Character.DECIMAL_DIGIT_NUMBER && Character.digit(zero, 10) == 0) {
                var typed = new StringBuilder("+");
                for (int digit : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0}) {
                    typed.appendCodePoint(zero + digit);
                }
                assertThat(PhoneNumber.parse(typed.toString())).contains(new PhoneNumber("+1234567890"));
            }
        }
    }
}
