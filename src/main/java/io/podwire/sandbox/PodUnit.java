package io.podwire.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What the containers of one pod share while it runs.
///
/// @param halt opened when no container may start any more
record PodUnit(
        ObjectNode pod, PodBoard board, PodVolumes volumes, String address, CountDownLatch halt) {
    boolean halted() {
        return halt.getCount() == 0;
    }

    void awaitHalt() throws InterruptedException {
        halt.await();
    }

    /// Waits a while, or until the pod is to end.
    void pause(Duration time) throws InterruptedException {
        var _ = halt.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
