package io.podwire.bench;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.execute.FoundPod;
import io.podwire.execute.Pods;
import io.podwire.execute.Reply;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.util.OptionalLong;

/// Podwire's port to the API server over [SleepingCalls]. Thread-safe.
final class SleepingPods implements Pods {
    private final SleepingCalls calls;

    SleepingPods(SleepingCalls calls) {
        this.calls = calls;
    }

    @Override
    public Reply<PodStatus> create(PodRef pod, Pod manifest) throws InterruptedException {
        return new Reply.Ok<>(calls.call(pod));
    }

    @Override
    public Reply<PodStatus> find(PodRef pod) throws InterruptedException {
        return new Reply.Ok<>(calls.call(pod));
    }

    @Override
    public Reply<FoundPod> findManifest(PodRef pod) {
        throw new UnsupportedOperationException("no command of the load asks for a manifest");
    }

    @Override
    public Reply<PodStatus> delete(
            PodRef pod, String uid, Deletion deletion, OptionalLong graceSeconds) {
        throw new UnsupportedOperationException("no command of the load deletes a pod");
    }
}
