package io.kriya.security;

import static io.kriya.setting.ProductionCheck.unless;

import io.kriya.setting.Format;
import io.kriya.setting.ProductionCheck;
import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.stream.Stream;

/** What the server's keys are derived from. Their length only matters where phones are verified. */
@ConfigMapping(prefix = "kriya.verification")
public interface ServerKeyConfig extends ProductionCheck {

    /** What a key has to be. */
    String TAKES = "a secret of at least 32 characters";

    /**
     * The server's own key, which secures codes and the login page's cookies and forms. Without it, in development, a
     * random one that ends with the process.
     */
    @Format(message = TAKES)
    Optional<String> secretKey();

    /** A second key, under which what was made before stays valid, while replicas are moved from one to the other. */
    @Format(message = TAKES)
    Optional<String> secretKeyPrevious();

    @Override
    default Stream<String> problems() {
        return Stream.of(
                unless(
                        !isSms() || secretKey().filter(ServerKeyConfig::isLong).isPresent(),
                        "SECRET_KEY is required with PHONE_VERIFICATION=sms; it takes " + TAKES + "."),
                unless(
                        !isSms() || secretKeyPrevious().stream().allMatch(ServerKeyConfig::isLong),
                        "SECRET_KEY_PREVIOUS takes " + TAKES + "."));
    }

    private static boolean isLong(String secret) {
        return secret.strip().codePoints().count() >= 32;
    }
}
