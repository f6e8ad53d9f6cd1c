package io.kriya.cleanup;

import io.kriya.database.availability.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Verifications whose code is good no more. */
@ApplicationScoped
class ExpiredChallenges implements CleanupTask {

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
