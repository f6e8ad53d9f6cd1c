package io.kriya.http.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientOriginsTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.77, 203.0.113.0/24",
        "2001:db8:1:2::/64, 2001:db8:1::/48",
        "2001:db8:1:2:0:0:0:0:/64,",
        "unknown,",
    })
    void anAddressIsMasked(String key, String masked) {
        assertThat(ClientOrigins.network(key)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0 | Firefox on Android
                Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 \
                (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1 | Safari on iPhone
                Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 \
                (KHTML, like Gecko) CriOS/140.0.0.0 Mobile/15E148 Safari/604.1 | Chrome on iPad
                Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 \
                (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0 | Edge on Windows
                Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 \
                (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 | Chrome on Mac
                Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 | Firefox on Linux
                Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 \
                (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 | Chrome on ChromeOS
                Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 \
                (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36 | Samsung Internet on Android
                okhttp/4.12.0 | okhttp
                KriyaApp/3.1 (iPhone; iOS 18.5) | KriyaApp on iPhone
                python-requests/2.32.3 | python-requests
                +12025550100 |
                Mozilla/5.0 |
                """)
    void aDeviceIsNamedShortly(String userAgent, String name) {
        assertThat(DeviceName.of(userAgent)).isEqualTo(name);
    }

    @Test
    void aClientThatDoesNotSayHasNoName() {
        assertThat(DeviceName.of(null)).isNull();
        assertThat(DeviceName.of("a".repeat(10_000))).isNull();
    }
}
