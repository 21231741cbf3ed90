package io.podwire.execute;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.protocol.Command.Deletion;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.util.OptionalLong;

/// The pods of the cluster. Each call is one request to the API server; nothing here tries again.
///
/// Every call ends: in an answer, or after the request time-out in a failure without one.
public interface Pods {
    Reply<PodStatus> create(PodRef pod, Pod manifest) throws InterruptedException;

    /// A consistent read by name, never an answer from a cache that may be old.
    Reply<PodStatus> find(PodRef pod) throws InterruptedException;

    /// Like [#find], with the pod as JSON.
    Reply<FoundPod> findManifest(PodRef pod) throws InterruptedException;

    /// Deletes the pod only if it still is the one with `uid`.
    ///
    /// A graceful deletion never asks for less than a second: zero would free the name while the
    /// container may still run, and is sent by a forced one only.
    ///
    /// @param graceSeconds empty: what the pod itself says
    /// @return the pod as it was when its deletion was accepted
    Reply<PodStatus> delete(PodRef pod, String uid, Deletion deletion, OptionalLong graceSeconds)
            throws InterruptedException;
}
