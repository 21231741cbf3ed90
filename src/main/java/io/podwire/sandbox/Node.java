package io.podwire.sandbox;

import java.util.concurrent.atomic.AtomicInteger;

/// What the parts of the simulated kubelet share.
record Node(
        ObjectStore store,
        PodLogs logs,
        GpuDevices gpus,
        SimulationSettings.Pace pace,
        AtomicInteger addresses) {
    /// An address for the next pod.
    String nextAddress() {
        int number = addresses.incrementAndGet();
        return "10.244.%d.%d".formatted(number / 250 % 256, number % 250 + 2);
    }
}
