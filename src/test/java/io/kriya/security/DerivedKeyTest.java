package io.kriya.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.junit.jupiter.api.Test;

class DerivedKeyTest {

    @Test
    void keysAreDerivedAsTheJdkDerivesThem() throws Exception {
        for (String secret : new String[] {"a-secret-key-of-32-characters-at-least", "ключ".repeat(40)}) {
            var spec = HKDFParameterSpec.ofExtract()
                    .addIKM(secret.getBytes(UTF_8))
                    .thenExpand("kriya sms code".getBytes(UTF_8), 32);
            byte[] expected = KDF.getInstance("HKDF-SHA256").deriveData(spec);
            assertThat(DerivedKey.of(secret, "kriya sms code").bytes()).isEqualTo(expected);
        }
    }
}
