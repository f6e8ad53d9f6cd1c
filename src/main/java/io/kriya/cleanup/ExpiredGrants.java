package io.kriya.cleanup;

import io.kriya.database.availability.Deadline;
import io.kriya.oauth.Grants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Grants whose access token, if there was one, is past its time too: a code that is shown again ends nothing any more. */
@ApplicationScoped
class ExpiredGrants implements CleanupTask {

    @Override
    public String what() {
        return "expired grants";
    }

    @Override
    @Deadline
    @Transactional
    public Batches.Deleted deleteSome(Instant from, Instant now, int most) {
        return Batches.deleteSome("grants", "id", "expires_at", from, now.minus(Grants.TOKEN_LIFE), most);
    }
}
