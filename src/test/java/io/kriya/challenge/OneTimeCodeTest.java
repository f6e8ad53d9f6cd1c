package io.kriya.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OneTimeCodeTest {

    private static OneTimeCode of(long secret) {
        return OneTimeCode.of(ByteBuffer.allocate(Long.BYTES).putLong(secret).array());
    }

    @Test
    void aCodeHasSixDigitsWithLeadingZeros() {
        assertThat(of(7).reveal()).isEqualTo("000007");
        assertThat(of(999_999).reveal()).isEqualTo("999999");
        assertThat(of(1_000_000).reveal()).isEqualTo("000000");
        assertThat(of(-1).reveal()).isEqualTo("551615");
    }

    @Test
    void everyDigitIsAsLikelyInEveryPlace() {
        var random = new SecureRandom();
        int[][] counts = new int[6][10];
        int codes = 60_000;
        for (int i = 0; i < codes; i++) {
            String code = of(random.nextLong()).reveal();
            IntStream.range(0, 6).forEach(place -> counts[place][code.charAt(place) - '0']++);
        }
        // Ten times the deviation that chance gives one in three.
        double bound = 10 * Math.sqrt(codes * 0.1 * 0.9);
        assertThat(Stream.of(counts).flatMapToInt(IntStream::of).boxed())
                .allSatisfy(count -> assertThat(Math.abs(count - codes / 10.0)).isLessThan(bound));
    }

    @Test
    void itsTextIsSaidByNoAccident() {
        assertThat(of(123_456)).hasToString("code …");
        assertThat(ChallengeSecret.random().toString()).isEqualTo("verification …");
    }
}
