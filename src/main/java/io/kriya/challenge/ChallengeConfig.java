package io.kriya.challenge;

import io.kriya.limit.Limit;
import io.kriya.setting.Format;
import io.kriya.setting.Takes;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.Range;

/** How long codes are valid, and the limits of messages and attempts. */
@ConfigMapping(prefix = "kriya.verification")
public interface ChallengeConfig {

    /** Seconds that a code is valid. */
    @WithDefault("600")
    @Range(min = 60, max = 3600, message = Takes.SECONDS)
    int codeSeconds();

    /**
     * The maximum number of messages to one number within a period. Known devices have as many of their own. The
     * first that an address requests in a day is not counted.
     */
    @WithDefault("20/24h")
    @Pattern(regexp = Limit.FORM, message = Limit.TAKES)
    String limitNumber();

    /**
     * The maximum number of messages to one number that one address (of IPv6, one /48) may request within a period.
     */
    @WithDefault("10/24h")
    @Pattern(regexp = Limit.FORM, message = Limit.TAKES)
    String limitNumberAddress();

    /**
     * The maximum number of messages for one client address (of IPv6, one /64) within a period, without those whose
     * code was used.
     */
    @WithDefault("40/1h")
    @Pattern(regexp = Limit.FORM, message = Limit.TAKES)
    String limitAddress();

    /** The same for a longer period and, of IPv6, one /48. */
    @WithDefault("60/24h")
    @Pattern(regexp = Limit.FORM, message = Limit.TAKES)
    String limitAddressDay();

    /** The maximum number of messages to one country within a period. Known devices have as many of their own. */
    @WithDefault("1000/24h")
    @Pattern(regexp = Limit.FORM, message = Limit.TAKES)
    String limitCountry();

    /** The maximum number of messages within a period, in total. Known devices have as many of their own. */
    @WithDefault("2000/24h")
    @Pattern(regexp = Limit.FORM, message = Limit.TAKES)
    String limitTotal();

    /**
     * The maximum number of codes tried for one number within a period. Known devices have as many of their own. A
     * verified number resets it. The first code of a challenge is always compared.
     */
    @WithDefault("100/365d")
    @Pattern(regexp = Limit.FORM, message = Limit.TAKES)
    String limitWrongCodes();

    /**
     * The maximum number of codes that one address (of IPv6, one /48) may try within a period, without the first code
     * of each challenge.
     */
    @WithDefault("20/24h")
    @Pattern(regexp = Limit.FORM, message = Limit.TAKES)
    String limitAddressWrongCodes();

    /** The maximum number of codes tried within a period, in total, without the first code of each challenge. */
    @WithDefault("2000/24h")
    @Pattern(regexp = Limit.FORM, message = Limit.TAKES)
    String limitTotalWrongCodes();

    /**
     * When a stranger has to solve a puzzle before a message is sent: {@code auto}, while more than half of a limit of
     * the number, the address or the country is used; {@code always}; or {@code never}.
     */
    @WithDefault("auto")
    @Format(regexp = "auto|always|never", message = "auto, always or never")
    String proofOfWork();

    /** Days without a login after which an account is not given to whoever verifies its number; 0 always gives it. */
    @WithDefault("365")
    @Range(min = 0, max = 36_500, message = Takes.DAYS)
    int dormantDays();

    default Duration codeLife() {
        return Duration.ofSeconds(codeSeconds());
    }
}
