package io.kriya.challenge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long codes live, and how often they may be asked for. */
@ConfigMapping(prefix = "kriya.verification")
public interface ChallengeConfig {

    /** Seconds that a code is good for, 60 to 3600. */
    @WithDefault("600")
    int codeSeconds();

    /** The most messages to one number within a period: how many, a slash, and how long in s, m, h or d. */
    @WithDefault("20/24h")
    String limitNumber();

    /** The most wrong codes for one number within a period, over all verifications; proving the number forgets them. */
    @WithDefault("20/24h")
    String limitWrongCodes();

    /** The most messages that one client address (of IPv6, one /64) may have sent within a period. */
    @WithDefault("200/1h")
    String limitAddress();

    /** The most messages to one country within a period. */
    @WithDefault("5000/24h")
    String limitCountry();

    /** The most messages within a period, all in all. */
    @WithDefault("10000/24h")
    String limitTotal();

    /** Days without a login after which an account is not handed to whoever proves its number, 0 to 36500; 0 hands it over always. */
    @WithDefault("365")
    int dormantDays();

    default Duration codeLife() {
        return Duration.ofSeconds(codeSeconds());
    }
}
