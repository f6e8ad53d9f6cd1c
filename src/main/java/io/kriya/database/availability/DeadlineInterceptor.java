package io.kriya.database.availability;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Ends database work that takes too long, by interrupting its thread. */
@Deadline
@Interceptor
// Outside of the transaction (PLATFORM_BEFORE + 200), so that beginning and committing are included.
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class DeadlineInterceptor {

    /** If the database has answered another request within this time, the probe timed out as this machine is slow. */
    private static final Duration SAME_TIME = Duration.ofSeconds(1);

    private final Outage outage;
    private final Timeouts timeouts;
    private final Admission admission;
    private final ThreadLocal<Boolean> isAdmitted = ThreadLocal.withInitial(() -> false);

    DeadlineInterceptor(Outage outage, Timeouts timeouts, Admission admission) {
        this.outage = outage;
        this.timeouts = timeouts;
        this.admission = admission;
    }

    @AroundInvoke
    Object withinDeadline(InvocationContext work) throws Exception {
        // Interrupting a thread closes the pool's socket that it reads from (InterruptibleSockets), so that not even a
        // frozen server can hold a request. Other sockets are closed only if the thread is virtual.
        Deadline deadline = work.getInterceptorBinding(Deadline.class);
        var timeout = timeouts.start(Thread.currentThread(), deadline);
        try {
            Object result = deadline.queues() && !isAdmitted.get() ? proceedAdmitted(work) : work.proceed();
            if (timeout.hasExpired()) {
                // A commit that is cancelled while it waits for a standby looks like a confirmed one.
                throw new TimeoutException("Done, but not confirmed");
            }
            outage.recordAnswer();
            return result;
        } catch (Exception failure) {
            boolean isLate = timeout.hasExpired();
            if (!isLate && !DatabaseUnavailable.isCauseOf(failure)) {
                throw failure;
            }
            boolean isLost = isLate
                    ? deadline.probe() && !outage.hasAnsweredWithin(SAME_TIME)
                    : deadline.probe() || DatabaseUnavailable.isLoss(failure);
            if (isLost) {
                outage.begin(failure);
            } else {
                outage.probe();
            }
            throw new DatabaseUnavailable(isLate ? late(deadline, failure) : failure);
        } finally {
            timeout.cancel();
        }
    }

    private Object proceedAdmitted(InvocationContext work) throws Exception {
        admission.acquire();
        isAdmitted.set(true);
        try {
            return work.proceed();
        } finally {
            isAdmitted.remove();
            admission.release();
        }
    }

    /** The exception of an interrupted thread does not say why it was interrupted. */
    private TimeoutException late(Deadline deadline, Exception failure) {
        var late = new TimeoutException("The database took longer than %d ms".formatted(timeouts.millis(deadline)));
        late.addSuppressed(failure);
        return late;
    }
}
