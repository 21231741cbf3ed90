package io.podwire.pipeline;

import java.time.Duration;

/// Waits on the calling thread; in the worker `Thread::sleep`.
@FunctionalInterface
public interface Waiting {
    void sleep(Duration time) throws InterruptedException;
}
