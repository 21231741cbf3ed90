package io.podwire.pipeline;

import io.podwire.logs.LogSession;
import io.podwire.logs.LogSessionSpec;
import io.podwire.logs.LogSink;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Fact;
import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.Open;
import io.podwire.protocol.PodRef;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/// Goes on with a log command from where its state says, and commits its end.
///
/// Thread-safe; a call lasts as long as the session.
final class LogFollowing {
    private static final Logger LOG = LoggerFactory.getLogger(LogFollowing.class);

    private final LogSession logs;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(AheadSink.OF_ALL);

    LogFollowing(LogSession logs, InstantSource clock) {
        this.logs = Objects.requireNonNull(logs, "logs");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    void run(Partition partition, PodRef pod, Open.Streaming form) throws InterruptedException {
        try (AheadSink sink = new AheadSink(partition, pod, form.command(), clock, room)) {
            LogEnd end = orBug(partition, () -> read(pod, form, sink));
            partition.commit(pod, new Fact.LogsEnded(clock.instant(), pod, form.command(), end));
        }
    }

    private LogEnd read(PodRef pod, Open.Streaming form, LogSink sink) throws InterruptedException {
        OptionalLong left = left(form);
        if (left.isPresent() && left.getAsLong() == 0) {
            return endAtLimit(form, sink);
        }
        return logs.run(
                new LogSessionSpec(
                        pod,
                        form.uid(),
                        limited(form.request(), left),
                        form.deadline(),
                        form.cursors(),
                        List.of()),
                sink);
    }

    /// How many bytes may still be published: the limit holds over restarts.
    private static OptionalLong left(Open.Streaming form) {
        OptionalLong limit = form.request().limitBytes();
        return limit.isEmpty()
                ? limit
                : OptionalLong.of(Math.max(0, limit.getAsLong() - form.progress().bytes()));
    }

    private static LogRequest limited(LogRequest request, OptionalLong bytes) {
        return new LogRequest(
                request.selection(),
                request.tailLines(),
                request.sinceTime(),
                request.follow(),
                request.timestamps(),
                request.instance(),
                bytes,
                request.timeout());
    }

    /// All was published before the restart but, where it is missing, the chunk that says so.
    private static LogEnd endAtLimit(Open.Streaming form, LogSink sink)
            throws InterruptedException {
        for (LogCursor cursor : form.cursors()) {
            if (!cursor.ended()) {
                LogChunk last =
                        new LogChunk(
                                cursor.container(),
                                cursor.restart(),
                                new byte[0],
                                0,
                                Optional.empty(),
                                Optional.empty());
                sink.read(last, cursor.atEnd());
            }
        }
        return new LogEnd.Streamed(LogEnd.Why.LIMIT_BYTES);
    }

    /// What we did not foresee ends the command too: nothing else would.
    private static LogEnd orBug(Partition partition, Reading reading) throws InterruptedException {
        try {
            return reading.end();
        } catch (PartitionLost e) {
            throw e;
        } catch (RuntimeException e) {
            if (!partition.held()) {
                throw new PartitionLost(partition.number());
            }
            LOG.atError().setCause(e).log("a log session met a defect of Podwire");
            return new LogEnd.Failed(CommandError.bug(e));
        }
    }

    private interface Reading {
        LogEnd end() throws InterruptedException;
    }
}
