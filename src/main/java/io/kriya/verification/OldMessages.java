package io.kriya.verification;

import io.kriya.database.Batches;
import io.kriya.database.Deadline;
import io.kriya.database.Expired;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/** What is known of messages for longer than a bill can be contested. */
@ApplicationScoped
class OldMessages implements Expired {

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
