package io.kriya.cleanup;

import io.kriya.database.availability.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Counts that are at 0 again. */
@ApplicationScoped
class IdleLimits implements CleanupTask {

    @Override
    public String what() {
        return "limits that count nothing any more";
    }

    @Override
    @Deadline
    @Transactional
    public Batches.Deleted deleteSome(Instant from, Instant now, int most) {
        return Batches.deleteSome("limits", "name", "paid_at", from, now, most);
    }
}
