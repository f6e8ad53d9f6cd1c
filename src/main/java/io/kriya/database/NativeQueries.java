package io.kriya.database;

import io.quarkus.hibernate.orm.panache.Panache;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;

/** Native SQL in the transaction of the caller. */
public final class NativeQueries {

    private NativeQueries() {}

    /**
     * A query of one column. Given only the class, Hibernate would not find its interpretation of the text again: it would
     * interpret it each time, and fill its cache.
     *
     * @param column its name
     */
    @SuppressWarnings("unchecked")
    public static <T> NativeQuery<T> scalar(String sql, String column, Class<T> type) {
        return (NativeQuery<T>) session().createNativeQuery(sql, Object.class).addScalar(column, type);
    }

    /** A statement that returns nothing. */
    public static MutationQuery mutation(String sql) {
        return session().createNativeMutationQuery(sql);
    }

    private static Session session() {
        return Panache.getEntityManager().unwrap(Session.class);
    }
}
