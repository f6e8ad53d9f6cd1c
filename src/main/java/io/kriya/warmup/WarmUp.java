package io.kriya.warmup;

/**
 * What a request does, done once before the first one comes, which would wait while classes are loaded. It changes
 * nothing: not a row, not a count, not a limit of anybody's.
 */
public interface WarmUp {

    void run();
}
