package io.podwire.logs;

import io.podwire.logs.PodLook.Look;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.LogRequest.Instance;

import java.util.Optional;

/// Reads the log of one container, over cuts and restarts, to its end. Confined to the calling thread.
///
/// Each step looks at the pod, decides what to read of the container, and reads until that stream ends. Only the
/// pod's status tells that a log is complete, and only a read begun after it showed the run ended.
final class ContainerLog {
    private final LogSessionSpec spec;
    private final LogPorts ports;
    private final SessionBounds bounds;
    private final Progress progress;
    private final ContainerOutput output;
    private final Patience patience;
    private final RunLog run;

    /// Whether it was seen before its first run: then that one is asked for too, however short it is.
    private boolean seenUnstarted;

    ContainerLog(
            LogSessionSpec spec,
            LogPorts ports,
            SessionBounds bounds,
            Progress progress,
            LogSink sink) {
        this.spec = spec;
        this.ports = ports;
        this.bounds = bounds;
        this.progress = progress;
        this.output = new ContainerOutput(progress, spec.request().timestamps(), bounds, sink);
        this.patience = new Patience(ports.pause(), bounds);
        StreamReading reading = new StreamReading(output, bounds);
        Attachment attachment = new Attachment(ports, spec.uid(), progress, reading);
        this.run = new RunLog(spec, attachment, progress, output, patience);
    }

    ContainerEnd run() throws InterruptedException {
        Optional<ContainerEnd> end = bounds.end();
        while (end.isEmpty()) {
            end = step().or(bounds::end);
        }
        switch (end.get()) {
            case ContainerEnd.Complete _, ContainerEnd.TimedOut _, ContainerEnd.LimitReached _ ->
                    output.end();
            case ContainerEnd.NeverStarted _, ContainerEnd.Stopped _, ContainerEnd.Failed _ ->
                    output.flush();
        }
        return end.get();
    }

    /// Says that this container has nothing to give.
    void endEmpty() throws InterruptedException {
        output.end();
    }

    private Optional<ContainerEnd> step() throws InterruptedException {
        return switch (ports.look().look(spec.pod())) {
            case Look.Present seen when seen.status().uid().equals(spec.uid()) -> inPod(seen);
            case Look.Present _, Look.Gone _ -> podGone();
            case Look.Unknown(var message) when spec.follows() -> run.tryAgain(message);
            case Look.Unknown(var message) -> run.tryAgainOrGiveUp(message);
        };
    }

    private Optional<ContainerEnd> inPod(Look.Present seen) throws InterruptedException {
        String container = progress.container();
        Optional<Sight> found = Sight.of(seen, container);
        if (found.isEmpty()) {
            return ContainerEnd.failed(
                    ErrorReason.NO_SUCH_CONTAINER, "the pod has no container " + container);
        }
        Sight sight = found.get();
        if (spec.request().instance() == Instance.PREVIOUS) {
            return previousAsked(sight);
        }
        if (!sight.started()) {
            return notStarted(sight);
        }
        if (progress.restart() < 0) {
            progress.begin(seenUnstarted ? 0 : sight.run());
        }
        if (sight.run() > progress.restart()) {
            return restarted(sight);
        }
        return run.done() ? afterRun(sight) : readRun(sight);
    }

    private Optional<ContainerEnd> notStarted(Sight sight) throws InterruptedException {
        if (!sight.mayStart()) {
            return ContainerEnd.neverStarted("the pod ended before the container started");
        }
        seenUnstarted = true;
        if (spec.follows()) {
            return waitForChange();
        }
        if (sight.pod().node().isEmpty()) {
            return ContainerEnd.neverStarted("the pod has no node yet");
        }
        if (progress.restart() < 0) {
            progress.begin(sight.run());
        }
        return run.readOnce(sight); // the kubelet may know better than the API server
    }

    private Optional<ContainerEnd> readRun(Sight sight) throws InterruptedException {
        if (spec.follows() && sight.running()) {
            return bounds.now().isBefore(run.notBefore()) ? waitForChange() : run.follow(sight);
        }
        return run.readOnce(sight);
    }

    private Optional<ContainerEnd> afterRun(Sight sight) throws InterruptedException {
        if (!spec.follows() || sight.endedForGood()) {
            return ContainerEnd.complete();
        }
        output.flush();
        return waitForChange();
    }

    /// The container runs again: first the rest of the run before, while the kubelet keeps it.
    private Optional<ContainerEnd> restarted(Sight sight) throws InterruptedException {
        if (!spec.follows() && run.read()) {
            return takeRestAndComplete();
        }
        boolean next = sight.run() == progress.restart() + 1;
        if (next && run.done()) {
            output.begin(sight.run());
            run.begin();
            return Optional.empty();
        }
        boolean kept = next && sight.previousRun() == progress.restart();
        if (kept && !patience.exhausted() && run.finishPrevious(sight)) {
            return Optional.empty();
        }
        output.beginAfterLoss(sight.run());
        run.begin();
        return Optional.empty();
    }

    private Optional<ContainerEnd> previousAsked(Sight sight) throws InterruptedException {
        int previous = sight.previousRun();
        if (previous < 0) {
            return ContainerEnd.failed(
                    ErrorReason.NO_PREVIOUS, "the container had no run before this one");
        }
        if (progress.restart() < 0) {
            progress.begin(previous);
        }
        if (run.done()) {
            return ContainerEnd.complete();
        }
        if (previous != progress.restart()) {
            output.missed(LogGap.Reason.RESTARTED);
            return ContainerEnd.complete();
        }
        return run.readPrevious(sight);
    }

    private Optional<ContainerEnd> podGone() throws InterruptedException {
        // A read that ended without an error before the pod went is all that anyone will ever get.
        if (run.done() || run.read()) {
            return takeRestAndComplete();
        }
        if (progress.begun()) {
            output.missed(LogGap.Reason.REMOVED);
        }
        return ContainerEnd.failed(ErrorReason.LOGS_POD_DELETED, "the pod is gone");
    }

    private Optional<ContainerEnd> takeRestAndComplete() throws InterruptedException {
        run.takeRest();
        return ContainerEnd.complete();
    }

    private Optional<ContainerEnd> waitForChange() throws InterruptedException {
        patience.forChange();
        return Optional.empty();
    }
}
