package io.podwire.execute;

import java.time.Duration;

/// Waits on the calling thread; in the worker `Thread::sleep`.
@FunctionalInterface
public interface Pause {
    void sleep(Duration duration) throws InterruptedException;
}
