package io.kriya.oauth.client;

import io.kriya.database.availability.Deadline;
import io.kriya.error.ProblemException;
import io.kriya.limit.Limit;
import io.kriya.limit.LimitedException;
import io.kriya.limit.Limits;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Whether a call is the client's. */
// The counter of its limit is there from the start, at 0.
@Startup
@ApplicationScoped
class ClientAuthentication {

    private static final String WRONG_SECRETS = "client_secret";
    private static final Limit OF_ADDRESS = Limit.parse("20/1h");

    private final OAuthClient client;
    private final Limits limits;
    private final Clock clock;

    ClientAuthentication(OAuthClient client, Limits limits, Clock clock) {
        this.client = client;
        this.limits = limits;
        this.clock = clock;
        limits.counter(WRONG_SECRETS);
    }

    /**
     * Whether they are the client's; wrong ones are counted for the address that they come from. A right one is never refused: what
     * has 32 characters is not guessed, and whoever shares an address with the client could lock it out.
     *
     * @throws ProblemException where too many wrong ones came from the address
     */
    boolean isProven(OAuthClient.Credentials shown, String address) {
        boolean proven = client.authenticates(shown);
        if (!proven) {
            countWrong(address);
        }
        return proven;
    }

    /** A transaction of its own: where the secret is right, the database is not asked, and nothing is learnt of it. */
    @Deadline
    @Transactional
    void countWrong(String address) {
        try {
            limits.take(WRONG_SECRETS, OF_ADDRESS, address, clock.instant());
        } catch (LimitedException limited) {
            throw ProblemException.until(limited.retryAt());
        }
    }
}
