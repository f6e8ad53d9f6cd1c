package io.kriya.oauth;

import io.kriya.database.Batches;
import io.kriya.database.Deadline;
import io.kriya.database.Expired;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Grants whose access token, if there was one, is past its time too: a code that is shown again ends nothing any more. */
@ApplicationScoped
class ExpiredGrants implements Expired {

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
