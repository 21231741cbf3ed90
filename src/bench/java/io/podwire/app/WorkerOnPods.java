package io.podwire.app;

import io.podwire.execute.Pods;
import io.podwire.kubernetes.KubernetesClients;

import java.time.InstantSource;

/// A worker as the product assembles it, whose commands are carried out against other pods than the API server's.
public final class WorkerOnPods {
    private final Worker worker;

    /// @param kubernetes closed by the caller, after [#run] has returned
    public WorkerOnPods(WorkerParts parts, KubernetesClients kubernetes, Pods pods) {
        this.worker = new Worker(parts, kubernetes, _ -> pods, InstantSource.system());
    }

    /// As [Worker#run].
    public void run() throws InterruptedException {
        worker.run();
    }

    /// As [Worker#stop].
    public void stop() throws InterruptedException {
        worker.stop();
    }
}
