package io.podwire.watch;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;

import java.util.List;
import java.util.Optional;

/// What `kubectl get pod` prints under STATUS, by the rules of its `printPod`, in the same order.
final class KubectlWord {
    private KubectlWord() {}

    static String of(Parts pod) {
        if (pod.deleting() && pod.nodeLost()) {
            return "Unknown";
        }
        if (pod.deleting() && !pod.finished()) {
            return "Terminating";
        }
        Optional<ContainerStatus> initializing = pod.initializing();
        String word = initializing.map(init -> ofInit(pod, init)).orElseGet(() -> ofPod(pod));
        return initializing.isEmpty() || pod.conditions().isTrue("Initialized")
                ? ofContainers(pod, word)
                : word;
    }

    private static String ofPod(Parts pod) {
        return pod.conditions().schedulingGated()
                ? "SchedulingGated"
                : Lenient.text(pod.status().getReason()).orElse(pod.phase());
    }

    private static String ofInit(Parts pod, ContainerStatus init) {
        Optional<ContainerStateTerminated> end = Parts.terminated(init);
        if (end.isPresent()) {
            return "Init:" + ofEnd(end.get());
        }
        return Parts.waitingReason(init)
                .filter(reason -> !reason.equals("PodInitializing"))
                .map(reason -> "Init:" + reason)
                .orElseGet(() -> progress(pod, init));
    }

    private static String progress(Parts pod, ContainerStatus init) {
        int done = pod.initContainerStatuses().indexOf(init);
        return "Init:" + done + "/" + pod.initContainers().size();
    }

    private static String ofContainers(Parts pod, String before) {
        String word = before;
        boolean anyReady = false;
        // From the last to the first, so that the first in the spec has the last word.
        List<ContainerStatus> lastFirst = pod.containerStatuses().reversed();
        for (ContainerStatus container : lastFirst) {
            Optional<String> own = ofContainer(container);
            word = own.orElse(word);
            anyReady |= own.isEmpty() && isReady(container);
        }
        if (word.equals("Completed") && anyReady) {
            return pod.conditions().isTrue("Ready") ? "Running" : "NotReady";
        }
        return word;
    }

    private static Optional<String> ofContainer(ContainerStatus container) {
        return Parts.waitingReason(container)
                .or(() -> Parts.terminated(container).map(KubectlWord::ofEnd));
    }

    private static boolean isReady(ContainerStatus container) {
        return Lenient.isTrue(container.getReady()) && Parts.running(container);
    }

    private static String ofEnd(ContainerStateTerminated end) {
        return Lenient.text(end.getReason())
                .orElseGet(
                        () ->
                                Lenient.count(end.getSignal()) == 0
                                        ? "ExitCode:" + Parts.exitCode(end)
                                        : "Signal:" + end.getSignal());
    }
}
