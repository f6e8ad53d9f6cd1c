package io.kriya.limit;

import io.kriya.database.Batches;
import io.kriya.database.Deadline;
import io.kriya.database.Expired;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Counts that are at 0 again. */
@ApplicationScoped
class PaidLimits implements Expired {

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
