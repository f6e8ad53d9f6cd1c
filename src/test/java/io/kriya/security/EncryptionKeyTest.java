package io.kriya.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EncryptionKeyTest {

    private static final byte[] PLAIN = "what nobody else reads".getBytes(UTF_8);
    private static final byte[] HERE = "here".getBytes(UTF_8);

    private final EncryptionKey key =
            new EncryptionKey(DerivedKey.of("a-secret-key-of-32-characters-at-least", "a test"));

    @Test
    void encryptedTextIsDecryptedAndDiffersEachTime() {
        byte[] sealed = key.encrypt(PLAIN, HERE);
        assertThat(key.decrypt(sealed, HERE)).hasValue(PLAIN);
        assertThat(key.encrypt(PLAIN, HERE)).isNotEqualTo(sealed);
        assertThat(new String(sealed, UTF_8)).doesNotContain("nobody");
    }

    @Test
    void anyOtherTextIsNotDecrypted() {
        byte[] sealed = key.encrypt(PLAIN, HERE);
        var other = new EncryptionKey(DerivedKey.of("another-secret-key-of-32-characters", "a test"));
        assertThat(other.decrypt(sealed, HERE)).isEmpty();
        assertThat(key.decrypt(sealed, "elsewhere".getBytes(UTF_8))).isEmpty();
        assertThat(key.decrypt(new byte[0], HERE)).isEmpty();
        assertThat(key.decrypt(new byte[27], HERE)).isEmpty();
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(key.decrypt(changed, HERE)).isEmpty();
        }
    }
}
