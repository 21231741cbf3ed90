package io.podwire.logs;

import io.podwire.logs.PodLook.Look;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.LogRequest.Follow;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Carries one log command out: reads what it asks for, and tells how it ended.
///
/// Thread-safe; one instance serves all sessions, each on its calling thread. Ends early only by interruption.
public final class LogSession {
    private final LogPorts ports;
    private final InstantSource clock;

    public LogSession(LogSource source, PodLook look, InstantSource clock, Pause pause) {
        this.ports = new LogPorts(source, look, pause);
        this.clock = clock;
    }

    /// Reads until everything asked for is with the sink. Of each container whose log was given to its end (or to
    /// the session's), exactly one chunk's cursor says so; of a failed one, none.
    public LogEnd run(LogSessionSpec spec, LogSink sink) throws InterruptedException {
        SessionBounds bounds =
                new SessionBounds(clock, spec.deadline(), spec.request().limitBytes());
        return switch (choose(spec, bounds)) {
            case Choice.These(var containers) -> read(spec, containers, bounds, sink);
            case Choice.Ended(var end) -> end;
        };
    }

    private sealed interface Choice {
        record These(List<String> containers) implements Choice {}

        record Ended(LogEnd end) implements Choice {}
    }

    private Choice choose(LogSessionSpec spec, SessionBounds bounds) throws InterruptedException {
        if (!spec.containers().isEmpty()) {
            return new Choice.These(spec.containers());
        }
        Backoff backoff = new Backoff();
        while (!bounds.timeIsUp()) {
            switch (ports.look().look(spec.pod())) {
                case Look.Present seen when seen.status().uid().equals(spec.uid()) -> {
                    return new Choice.These(
                            ContainerChoice.of(spec.request().selection(), seen.status()));
                }
                case Look.Present _, Look.Gone _ -> {
                    return failed(ErrorReason.LOGS_POD_DELETED, "the pod is gone");
                }
                case Look.Unknown(var message) -> {
                    if (spec.request().follow() == Follow.NO && backoff.exhausted()) {
                        return failed(ErrorReason.UNAVAILABLE, message);
                    }
                    ports.pause().pause(bounds.atMost(backoff.next()));
                }
            }
        }
        return begunBefore(spec);
    }

    /// Before anything was seen the time is up; what earlier sessions have begun still ends with a last chunk.
    private static Choice begunBefore(LogSessionSpec spec) {
        return spec.cursors().isEmpty()
                ? new Choice.Ended(new LogEnd.Streamed(LogEnd.Why.TIMEOUT))
                : new Choice.These(spec.cursors().stream().map(LogCursor::container).toList());
    }

    private static Choice failed(ErrorReason reason, String message) {
        return new Choice.Ended(new LogEnd.Failed(CommandError.of(reason, message)));
    }

    private LogEnd read(
            LogSessionSpec spec, List<String> containers, SessionBounds bounds, LogSink sink)
            throws InterruptedException {
        List<ContainerLog> logs = new ArrayList<>();
        for (String container : containers) {
            Optional<LogCursor> cursor = cursor(spec, container);
            if (cursor.filter(LogCursor::ended).isEmpty()) {
                Progress progress =
                        cursor.map(Progress::new).orElseGet(() -> Progress.none(container));
                logs.add(new ContainerLog(spec, ports, bounds, progress, sink));
            }
        }
        List<ContainerEnd> ends =
                logs.size() == 1 ? List.of(logs.getFirst().run()) : sideBySide(logs, bounds);
        boolean anyBefore = logs.size() < containers.size();
        SessionEnd end = SessionEnd.of(ends, anyBefore);
        if (end.end() instanceof LogEnd.Streamed) {
            for (int i : end.neverStarted()) {
                logs.get(i)
                        .endEmpty(); // the others have shown the pod's log, which has nothing of it
            }
        }
        return end.end();
    }

    private static Optional<LogCursor> cursor(LogSessionSpec spec, String container) {
        return spec.cursors().stream()
                .filter(cursor -> cursor.container().equals(container))
                .findFirst();
    }

    private static List<ContainerEnd> sideBySide(List<ContainerLog> logs, SessionBounds bounds)
            throws InterruptedException {
        List<Callable<ContainerEnd>> tasks =
                logs.stream()
                        .map(log -> (Callable<ContainerEnd>) () -> runOrStop(log, bounds))
                        .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ContainerEnd> ends = new ArrayList<>();
            for (Future<ContainerEnd> end : threads.invokeAll(tasks)) {
                ends.add(end.get());
            }
            return ends;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a container's log could not be read", e.getCause());
        }
    }

    /// Whatever fails one container's log ends the session, so the others need not go on.
    private static ContainerEnd runOrStop(ContainerLog log, SessionBounds bounds)
            throws InterruptedException {
        boolean goesOn = false;
        try {
            ContainerEnd end = log.run();
            goesOn = !(end instanceof ContainerEnd.Failed);
            return end;
        } finally {
            if (!goesOn) {
                bounds.stop();
            }
        }
    }
}
