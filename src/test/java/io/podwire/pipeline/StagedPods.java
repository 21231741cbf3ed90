package io.podwire.pipeline;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.execute.FoundPod;
import io.podwire.execute.MemoryPods;
import io.podwire.execute.Pods;
import io.podwire.execute.Reply;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Pods in memory behind which the test can do something before the next call.
final class StagedPods implements Pods {
    final MemoryPods cluster = new MemoryPods();
    private final BlockingQueue<PodRef> deletions = new LinkedBlockingQueue<>();
    private volatile Runnable beforeNext = () -> {};

    void beforeNext(Runnable happens) {
        beforeNext = happens;
    }

    private void happen() {
        Runnable happens = beforeNext;
        beforeNext = () -> {};
        happens.run();
    }

    @Override
    public Reply<PodStatus> create(PodRef pod, Pod manifest) {
        happen();
        return cluster.create(pod, manifest);
    }

    @Override
    public Reply<PodStatus> find(PodRef pod) {
        happen();
        return cluster.find(pod);
    }

    @Override
    public Reply<FoundPod> findManifest(PodRef pod) {
        happen();
        return cluster.findManifest(pod);
    }

    @Override
    public Reply<PodStatus> delete(
            PodRef pod, String uid, Deletion deletion, OptionalLong graceSeconds) {
        happen();
        Reply<PodStatus> reply = cluster.delete(pod, uid, deletion, graceSeconds);
        deletions.add(pod);
        return reply;
    }

    /// The next pod that a deletion was asked for, whatever became of it.
    PodRef awaitDeletion() throws InterruptedException {
        PodRef next = deletions.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no deletion was asked for");
        }
        return next;
    }
}
