package io.podwire.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A pod as the API server showed it at one moment, in our words.
///
/// @param uid the object's uid: another one is another pod, whatever the name
/// @param resourceVersion of the object; comparable as a number (KEP-5504)
/// @param owner who made it, by its labels and annotations; empty where Podwire did not create it
/// @param state the closed list of the contract
/// @param word what `kubectl get pod` prints under STATUS
/// @param phase `status.phase`
/// @param reason the most telling reason, for example `ImagePullBackOff`, `OOMKilled`
/// @param message the API server's or kubelet's sentence for it, 4 KiB at most
/// @param ready whether the pod's Ready condition is true
/// @param gpu how many GPUs its containers asked for
/// @param kubeletTime when the newest change happened by the kubelet's own clock
public record PodStatus(
        String uid,
        long resourceVersion,
        Optional<Owner> owner,
        PodLifecycle state,
        String word,
        String phase,
        Optional<String> reason,
        Optional<String> message,
        boolean ready,
        List<Container> containers,
        Optional<String> node,
        Optional<String> podIp,
        long gpu,
        Optional<Instant> kubeletTime) {
    public PodStatus {
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(word, "word");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
        containers = List.copyOf(containers);
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(podIp, "podIp");
        Objects.requireNonNull(kubeletTime, "kubeletTime");
    }

    /// The same pod, seen to be deleted.
    public PodStatus asDeleted() {
        return new PodStatus(
                uid,
                resourceVersion,
                owner,
                PodLifecycle.DELETED,
                word,
                phase,
                reason,
                message,
                false,
                containers,
                node,
                podIp,
                gpu,
                kubeletTime);
    }

    /// Whether a reader of transitions would see a difference: heartbeats and times alone are none.
    public boolean differsFrom(PodStatus other) {
        return !fingerprint().equals(other.fingerprint());
    }

    /// What a transition is about, as text; equal texts are no transition.
    public String fingerprint() {
        StringBuilder text = new StringBuilder();
        text.append(state).append('|').append(word).append('|').append(phase);
        text.append('|').append(reason.orElse("")).append('|').append(ready);
        text.append('|').append(node.orElse(""));
        for (Container container : containers) {
            text.append('|').append(container.name()).append('=').append(container.state());
            text.append('/').append(container.reason().orElse(""));
            container.exitCode().ifPresent(code -> text.append('/').append(code));
            text.append('/').append(container.restarts()).append('/').append(container.ready());
        }
        return text.toString();
    }

    /// One container of the pod, init containers included.
    ///
    /// @param restarts how often it was started again
    /// @param before how the run before the one shown ended, where the kubelet still shows that
    public record Container(
            String name,
            ContainerKind kind,
            ContainerState state,
            Optional<String> reason,
            Optional<Integer> exitCode,
            Optional<Integer> signal,
            int restarts,
            boolean ready,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt,
            Optional<Run> before) {
        public Container(
                String name,
                ContainerKind kind,
                ContainerState state,
                Optional<String> reason,
                Optional<Integer> exitCode,
                Optional<Integer> signal,
                int restarts,
                boolean ready,
                Optional<Instant> startedAt,
                Optional<Instant> finishedAt) {
            this(
                    name,
                    kind,
                    state,
                    reason,
                    exitCode,
                    signal,
                    restarts,
                    ready,
                    startedAt,
                    finishedAt,
                    Optional.empty());
        }

        public Container {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(exitCode, "exitCode");
            Objects.requireNonNull(signal, "signal");
            Objects.requireNonNull(startedAt, "startedAt");
            Objects.requireNonNull(finishedAt, "finishedAt");
            Objects.requireNonNull(before, "before");
        }
    }

    /// A run of a container that has ended.
    public record Run(
            Optional<String> reason,
            Optional<Integer> exitCode,
            Optional<Integer> signal,
            Optional<Instant> startedAt,
            Optional<Instant> finishedAt) {
        public Run {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(exitCode, "exitCode");
            Objects.requireNonNull(signal, "signal");
            Objects.requireNonNull(startedAt, "startedAt");
            Objects.requireNonNull(finishedAt, "finishedAt");
        }
    }

    public enum ContainerKind {
        MAIN,
        INIT,
        /// An init container with `restartPolicy: Always` (KEP-753).
        SIDECAR
    }

    public enum ContainerState {
        WAITING,
        RUNNING,
        TERMINATED
    }
}
