package io.kriya.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PhoneNumberTest {

    @Test
    void aNumberIsMaskedWhereverItIsPrinted() {
        assertThat(new PhoneNumber("+12025550100")).hasToString("+1202•••••00");
        assertThat(new PhoneNumber("+1234567890")).hasToString("+1234••••90");
    }

    @Test
    void anotherFormCanNotBeMade() {
        assertThatThrownBy(() -> new PhoneNumber("+1 202-555-0100")).isInstanceOf(IllegalArgumentException.class);
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
