package io.kriya.database.availability;

import io.kriya.database.DatabaseConfig;
import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Database work that has to end within {@link DatabaseConfig#timeoutMillis()}, on a virtual thread. It throws
 * {@link DatabaseUnavailable} if the database is unavailable, or does not answer in time.
 */
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Deadline {

    /** A shorter timeout than {@link DatabaseConfig#timeoutMillis()}. */
    @Nonbinding
    int atMostMillis() default Integer.MAX_VALUE;

    /** Whether it needs {@link Admission}. */
    @Nonbinding
    boolean queues() default true;

    /** Whether each failure, and a timeout too, is an outage. Else a timeout may be caused by a lock or a full pool. */
    @Nonbinding
    boolean probe() default false;
}
