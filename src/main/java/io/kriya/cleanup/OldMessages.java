package io.kriya.cleanup;

import io.kriya.database.availability.Deadline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/** What is known of messages for longer than a bill can be contested. */
@ApplicationScoped
class OldMessages implements CleanupTask {

    private static final Duration KEPT = Duration.ofDays(90);

    @Override
    public String what() {
        return "records of old messages";
    }

    @Override
    @Deadline
    @Transactional
    public Batches.Deleted deleteSome(Instant from, Instant now, int most) {
        return Batches.deleteSome("messages", "id", "created_at", from, now.minus(KEPT), most);
    }
}
