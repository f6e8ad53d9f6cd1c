package io.kriya.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomTextTest {

    @Test
    void noTwoTextsAreEqual() {
        assertThat(Stream.generate(() -> RandomText.of(16)).limit(1000)).doesNotHaveDuplicates();
    }

    @Test
    void aTextHasAllItsBytesInBase64url() {
        assertThat(RandomText.of(24)).matches("[A-Za-z0-9_-]{32}");
    }
}
