package io.podwire.watch;

import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.util.Objects;

/// Asks the API server itself whether a pod still exists.
public interface PodProof {
    /// Reads the pod by name. Never from a cache, which could be older than the pod.
    Proof prove(PodRef pod, String uid) throws InterruptedException;

    /// What the answer proves about the pod with that uid.
    sealed interface Proof {
        /// There is no pod of that name, or one with another uid.
        record Gone() implements Proof {}

        record Alive(PodStatus status) implements Proof {
            public Alive {
                Objects.requireNonNull(status, "status");
            }
        }

        /// There was no answer, or one that proves nothing.
        record Unknown() implements Proof {}
    }
}
