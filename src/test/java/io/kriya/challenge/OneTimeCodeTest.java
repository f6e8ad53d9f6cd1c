package io.kriya.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456",
                " 123 456 ",
                "123-456",
                "123\u2013456",
                "123\u00a0456",
                "123\u202f456",
                "\u200e123456",
                "123456\u200b",
                "\u2068123456\u2069",
                "123456\ufe0f",
                "\t123456\r\n",
                "\ufeff123456",
                "123456.",
                "\u0661\u0662\u0663\u0664\u0665\u0666",
                "\uff11\uff12\uff13\uff14\uff15\uff16",
                "Your Kriya code is 123456. Do not share it with anyone.",
                "Your Kriya code is 123456. Do not share it with anyone.\n\n@login.example.com #123456",
                "Your Route 654321 code is 123456.\n\n@login.example.com #123456",
                "@login.example.com #123456",
                "123-456 es tu clave de Kriya.",
                "\u5206\u4eab\u7801123456\uff0c\u8bf7\u52ff\u5206\u4eab",
                "Code: 123456 (10 min)"
            })
    void aCodeIsFoundInWhatIsPasted(String pasted) {
        assertThat(OneTimeCode.parse(pasted)).map(OneTimeCode::reveal).contains("123456");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "12345",
                "1234567",
                "12345a",
                "code",
                "123456 or 654321",
                "+12025550142",
                "555 123 456",
                "abc123456"
            })
    void whatIsNoCodeOrMoreThanOneIsNone(String pasted) {
        assertThat(OneTimeCode.parse(pasted)).isEmpty();
    }

    @Test
    void itsTextIsSaidByNoAccident() {
        assertThat(of(123_456)).hasToString("code …");
        assertThat(ChallengeSecret.random().toString()).isEqualTo("verification …");
    }
}
