package io.kriya.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioReceiptsTest {

    @Test
    void theExampleOfTwilioIsSignedInTheSameWay() {
        var fields = Map.of(
                "CallSid", List.of("CA1234567890ABCDE"),
                "Caller", List.of("+14158675309"),
                "Digits", List.of("1234"),
                "From", List.of("+14158675309"),
                "To", List.of("+18005551212"));
        assertThat(TwilioReceipts.signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", fields))
                .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }
}
