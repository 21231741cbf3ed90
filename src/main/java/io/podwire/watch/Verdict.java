package io.podwire.watch;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.podwire.protocol.PodLifecycle;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which of our states a pod is in, and the most telling reason and sentence for it.
record Verdict(PodLifecycle state, Optional<String> reason, Optional<String> message) {
    static Verdict on(Parts pod) {
        if (pod.phase().equals("Succeeded")) {
            return succeeded(pod);
        }
        if (pod.phase().equals("Failed")) {
            return failed(pod);
        }
        if (nodeIsLost(pod)) {
            return ofPod(PodLifecycle.UNKNOWN, pod);
        }
        if (pod.deleting()) {
            return ofPod(PodLifecycle.TERMINATING, pod);
        }
        return Blockage.of(pod).orElseGet(() -> unblocked(pod));
    }

    /// A container whose child was out of memory may still have ended with 0.
    private static Verdict succeeded(Parts pod) {
        Optional<String> outOfMemory =
                ends(pod)
                        .filter(Verdict::isOutOfMemory)
                        .map(ContainerStateTerminated::getReason)
                        .findFirst();
        return new Verdict(
                PodLifecycle.SUCCEEDED,
                Lenient.text(pod.status().getReason())
                        .or(() -> outOfMemory)
                        .or(() -> Optional.of("Completed")),
                Lenient.message(pod.status().getMessage()));
    }

    /// The pod's own reason wins, then the disruption that ended it, then the container that failed.
    private static Verdict failed(Parts pod) {
        if (Lenient.text(pod.status().getReason()).isPresent()) {
            return ofPod(PodLifecycle.FAILED, pod);
        }
        Optional<Verdict> disrupted =
                pod.conditions()
                        .disruption()
                        .map(condition -> ofCondition(PodLifecycle.FAILED, condition));
        return disrupted
                .or(() -> failingEnd(pod).map(Verdict::ofEnd))
                .orElseGet(() -> ofPod(PodLifecycle.FAILED, pod));
    }

    /// The container that failed first in the pod's order; one that was out of memory tells most.
    private static Optional<ContainerStateTerminated> failingEnd(Parts pod) {
        List<ContainerStateTerminated> ends =
                ends(pod).filter(end -> Parts.exitCode(end) != 0 || isOutOfMemory(end)).toList();
        return ends.stream()
                .filter(Verdict::isOutOfMemory)
                .findFirst()
                .or(() -> ends.stream().findFirst());
    }

    private static Stream<ContainerStateTerminated> ends(Parts pod) {
        return Stream.concat(pod.initContainerStatuses().stream(), pod.containerStatuses().stream())
                .flatMap(container -> Parts.terminated(container).stream());
    }

    private static boolean isOutOfMemory(ContainerStateTerminated end) {
        return "OOMKilled".equals(end.getReason());
    }

    private static Verdict ofEnd(ContainerStateTerminated end) {
        return new Verdict(
                PodLifecycle.FAILED,
                Lenient.text(end.getReason()).or(() -> Optional.of("Error")),
                Lenient.message(end.getMessage()));
    }

    private static boolean nodeIsLost(Parts pod) {
        return pod.nodeLost()
                || pod.phase().equals("Unknown")
                || pod.conditions().isUnknown("Ready");
    }

    private static Verdict ofPod(PodLifecycle state, Parts pod) {
        Optional<PodCondition> disruption = pod.conditions().disruption();
        Optional<String> reason = Lenient.text(pod.status().getReason());
        Optional<String> message = Lenient.message(pod.status().getMessage());
        return new Verdict(
                state,
                reason.or(() -> disruption.flatMap(why -> Lenient.text(why.getReason()))),
                message.or(() -> disruption.flatMap(why -> Lenient.message(why.getMessage()))));
    }

    static Verdict ofCondition(PodLifecycle state, PodCondition condition) {
        return new Verdict(
                state,
                Lenient.text(condition.getReason()),
                Lenient.message(condition.getMessage()));
    }

    private static Verdict unblocked(Parts pod) {
        return switch (pod.phase()) {
            case "Running" -> running(pod);
            case "Pending" -> pending(pod);
            default -> ofPod(PodLifecycle.UNKNOWN, pod);
        };
    }

    private static Verdict running(Parts pod) {
        if (pod.conditions().isTrue("Ready")) {
            return ofPod(PodLifecycle.READY, pod);
        }
        Optional<String> why =
                pod.conditions().broken("Ready").flatMap(ready -> Lenient.text(ready.getReason()));
        Verdict plain = ofPod(PodLifecycle.RUNNING, pod);
        return new Verdict(plain.state(), plain.reason().or(() -> why), plain.message());
    }

    private static Verdict pending(Parts pod) {
        boolean placed = Lenient.text(pod.spec().getNodeName()).isPresent();
        Verdict plain = ofPod(placed ? PodLifecycle.CREATING : PodLifecycle.PENDING, pod);
        Optional<String> waiting =
                pod.containerStatuses().stream()
                        .map(Parts::waitingReason)
                        .flatMap(Optional::stream)
                        .findFirst();
        return new Verdict(plain.state(), plain.reason().or(() -> waiting), plain.message());
    }

    /// What a waiting container says of itself, and of its last run where there was one.
    static Verdict ofWaiting(PodLifecycle state, ContainerStatus container) {
        Optional<String> said =
                Parts.waiting(container).flatMap(waiting -> Lenient.message(waiting.getMessage()));
        Optional<String> lastRun =
                Parts.lastTerminated(container)
                        .map(
                                end ->
                                        "last run: %s, exit code %d"
                                                .formatted(
                                                        Lenient.text(end.getReason())
                                                                .orElse("Error"),
                                                        Parts.exitCode(end)));
        List<String> sentences = Stream.of(said, lastRun).flatMap(Optional::stream).toList();
        return new Verdict(
                state,
                Parts.waitingReason(container),
                Lenient.message(String.join("; ", sentences)));
    }
}
