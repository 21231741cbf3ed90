package io.podwire.pipeline;

import io.podwire.logs.LogSink;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Fact;
import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.PodRef;

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Commits what one log session reads. A session whose log comes fast reads on while its last few chunks are committed, and
/// then waits until they are: so the topics hold the log's reader back, and a wait is paid once for some chunks.
///
/// Thread-safe. Facts are committed in the order in which they were told, or none of those after a lost one: the next owner
/// goes on from the newest cursor that was committed.
final class AheadSink implements LogSink, AutoCloseable {
    /// Chunks in hand of all sessions of a worker: 8 MiB.
    static final int OF_ALL = 32;

    /// Of one session.
    private static final int MOST = 3;

    /// A log that comes slowly makes smaller chunks, and needs no lead.
    private static final int LARGE_BYTES = 128 << 10;

    private final Partition partition;
    private final PodRef pod;
    private final CommandRef command;
    private final InstantSource clock;
    private final Semaphore room;

    /// Chunks of this session that were told and not waited for. Invariant: a permit is held for each.
    private final AtomicInteger ahead = new AtomicInteger();

    /// @param room a permit for each chunk that is not waited for, shared with other sessions
    AheadSink(
            Partition partition,
            PodRef pod,
            CommandRef command,
            InstantSource clock,
            Semaphore room) {
        this.partition = Objects.requireNonNull(partition, "partition");
        this.pod = Objects.requireNonNull(pod, "pod");
        this.command = Objects.requireNonNull(command, "command");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.room = Objects.requireNonNull(room, "room");
    }

    @Override
    public void read(LogChunk chunk, LogCursor cursor) throws InterruptedException {
        Fact.OfPod fact = new Fact.LogRead(clock.instant(), pod, command, chunk, cursor);
        if (chunk.size() >= LARGE_BYTES && ahead.get() < MOST && room.tryAcquire()) {
            ahead.incrementAndGet();
            partition.tell(pod, fact);
        } else {
            commit(fact);
        }
    }

    @Override
    public void missed(LogGap gap, LogCursor cursor) throws InterruptedException {
        commit(new Fact.LogMissed(clock.instant(), pod, command, gap, cursor));
    }

    /// With it all that was told before is committed.
    private void commit(Fact.OfPod fact) throws InterruptedException {
        partition.commit(pod, fact);
        close();
    }

    /// Gives the room back.
    @Override
    public void close() {
        room.release(ahead.getAndSet(0));
    }
}
