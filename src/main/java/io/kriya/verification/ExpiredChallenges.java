package io.kriya.verification;

import io.kriya.database.Deadline;
import io.kriya.database.Expired;
import io.quarkus.hibernate.orm.panache.Panache;
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
    public int deleteSome(Instant now, int most) {
        return Panache.getEntityManager()
                .createNativeQuery("""
                        delete from challenges where id in (
                            select id from challenges where expires_at <= :now
                            order by expires_at limit :most
                            for update skip locked)""")
                .setParameter("now", now)
                .setParameter("most", most)
                .executeUpdate();
    }
}
