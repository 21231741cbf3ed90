package io.podwire.execute;

import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;

class MemoryPodsTest implements PodsContract {
    private final MemoryPods pods = new MemoryPods();

    @Override
    public Pods pods() {
        return pods;
    }

    @Override
    public String namespace() {
        return "lab";
    }

    @Override
    public String missingNamespace() {
        pods.missNamespace("nowhere");
        return "nowhere";
    }

    @Override
    public void untilRunning(PodRef pod) {
        pods.move(pod, PodLifecycle.RUNNING);
    }

    @Override
    public String fullNamespace() {
        pods.quota(0);
        return "lab";
    }
}
