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
 * Database work that has to end within {@link DatabaseConfig#timeoutMillis()}, on a connection of the pool or a virtual
 * thread. It throws {@link DatabaseUnavailable} if the database is unavailable, or does not answer in time.
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

    /** Whether every failure, even a timeout, is an outage; else a lock or an exhausted pool may cause a timeout. */
    @Nonbinding
    boolean probe() default false;
}
