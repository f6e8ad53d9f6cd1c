package io.kriya.database;

import java.time.Instant;

/** Rows that nobody needs any more, to be deleted in the background. */
public interface Expired {

    /** What they are, in the plural. */
    String what();

    /**
     * Deletes some, in a transaction of its own, without waiting for anybody.
     *
     * @return how many
     */
    int deleteSome(Instant now, int most);
}
