package io.kriya.warmup;

/** Runs the code of a request once, so that the first request need not wait for class loading. It changes no row. */
public interface WarmUp {

    void run();
}
