package io.kriya.verification;

import io.kriya.database.Batches;
import io.kriya.database.Deadline;
import io.kriya.database.Expired;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Verifications whose code is good no more. */
@ApplicationScoped
class ExpiredChallenges implements Expired {

    @Override
    public String what() {
        return "expired verifications";
    }

    @Override
    @Deadline
    @Transactional
    public Batches.Deleted deleteSome(Instant from, Instant now, int most) {
        return Batches.deleteSome("challenges", "id", "expires_at", from, now, most);
    }
}
