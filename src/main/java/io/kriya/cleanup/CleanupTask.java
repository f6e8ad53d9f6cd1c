package io.kriya.cleanup;

import java.time.Instant;

/** Rows that nobody needs any more, to be deleted in the background. */
public interface CleanupTask {

    /** What they are, in the plural. */
    String what();

    /**
     * Deletes some, in a transaction of its own, without waiting for anybody.
     *
     * @param from where those that were deleted before have ended
     */
    Batches.Deleted deleteSome(Instant from, Instant now, int most);
}
