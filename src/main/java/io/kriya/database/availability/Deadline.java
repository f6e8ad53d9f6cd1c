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
 * Marks work on the database that has to end within {@link DatabaseConfig#timeoutMillis()}, on a virtual thread; it throws
 * {@link DatabaseUnavailable} where the database can't be asked or does not answer in time.
 */
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Deadline {

    /** Milliseconds that it may take, where that is less than {@link DatabaseConfig#timeoutMillis()}. */
    @Nonbinding
    int atMostMillis() default Integer.MAX_VALUE;

    /** Whether it takes its turn with others; what does not has connections of its own. */
    @Nonbinding
    boolean queues() default true;

    /** Whether being late means that the database is lost; else it may be waiting for a lock, or for the pool. */
    @Nonbinding
    boolean decides() default false;
}
