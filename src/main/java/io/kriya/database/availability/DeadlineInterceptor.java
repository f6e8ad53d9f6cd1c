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
// Outside of the transaction (PLATFORM_BEFORE + 200), so that beginning and committing count too.
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class DeadlineInterceptor {

    /** Where others were answered meanwhile, it is this machine that is slow. */
    private static final Duration AT_THE_SAME_TIME = Duration.ofSeconds(1);

    private final Outage outage;
    private final Timeouts alarms;
    private final Admission admission;
    private final ThreadLocal<Boolean> isAdmitted = ThreadLocal.withInitial(() -> false);

    DeadlineInterceptor(Outage outage, Timeouts alarms, Admission admission) {
        this.outage = outage;
        this.alarms = alarms;
        this.admission = admission;
    }

    @AroundInvoke
    Object withinDeadline(InvocationContext work) throws Exception {
        // A socket that a virtual thread waits on is closed when the thread is interrupted, so that not even a frozen
        // server can hold a request; a platform thread would go on waiting.
        Deadline deadline = work.getInterceptorBinding(Deadline.class);
        var alarm = alarms.set(Thread.currentThread(), deadline);
        try {
            Object result = deadline.queues() && !isAdmitted.get() ? inTurn(work) : work.proceed();
            if (alarm.rang()) {
                // A commit that is cancelled while it waits for a standby looks like one that was confirmed.
                throw new TimeoutException("Done, but not confirmed");
            }
            outage.ended();
            return result;
        } catch (Exception failure) {
            if (!alarm.rang() && !DatabaseUnavailable.isCauseOf(failure)) {
                throw failure;
            }
            boolean isLost = alarm.rang()
                    ? deadline.decides() && !outage.hasAnswered(AT_THE_SAME_TIME)
                    : deadline.decides() || DatabaseUnavailable.isLoss(failure);
            if (isLost) {
                outage.noticed(failure);
            } else {
                outage.suspected();
            }
            throw new DatabaseUnavailable(alarm.rang() ? late(deadline, failure) : failure);
        } finally {
            alarm.cancel();
        }
    }

    private Object inTurn(InvocationContext work) throws Exception {
        admission.enter();
        isAdmitted.set(true);
        try {
            return work.proceed();
        } finally {
            isAdmitted.remove();
            admission.leave();
        }
    }

    /** What an interrupted thread fails with says nothing of why. */
    private TimeoutException late(Deadline deadline, Exception failure) {
        var late = new TimeoutException("The database took longer than %d ms".formatted(alarms.millis(deadline)));
        late.addSuppressed(failure);
        return late;
    }
}
