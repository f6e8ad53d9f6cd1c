package io.kriya.limit;

import io.kriya.database.Deadline;
import io.kriya.database.Expired;
import io.quarkus.hibernate.orm.panache.Panache;
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
    public int deleteSome(Instant now, int most) {
        return Panache.getEntityManager()
                .createNativeQuery("""
                        delete from limits where name in (
                            select name from limits where paid_at <= :now
                            order by paid_at limit :most
                            for update skip locked)""")
                .setParameter("now", now)
                .setParameter("most", most)
                .executeUpdate();
    }
}
