package io.podwire.bench;

import io.podwire.protocol.Command;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands for the API server in every arm: a call takes its time and answers with a pod that runs.
///
/// Thread-safe. Counts calls for a pod that began before the one before had ended. When a call began and ended is
/// in the answer's message, so that it comes out of every arm with the event.
final class SleepingCalls implements Handler {
    private final HandlerTime time;
    private final ConcurrentHashMap<PodRef, Seat> seats = new ConcurrentHashMap<>();
    private final AtomicInteger overlaps = new AtomicInteger();

    SleepingCalls(HandlerTime time) {
        this.time = time;
    }

    @Override
    public PodStatus carryOut(Command command) throws InterruptedException {
        return call(command.pod());
    }

    PodStatus call(PodRef pod) throws InterruptedException {
        Seat seat = seats.computeIfAbsent(pod, _ -> new Seat());
        if (seat.busy.getAndSet(true)) {
            overlaps.incrementAndGet();
        }
        int turn = seat.turns.incrementAndGet();
        Instant begun = Instant.now();
        Duration length = time.of(pod.name() + "/" + turn);
        if (!length.isZero()) {
            Thread.sleep(length);
        }
        PodStatus status = status(pod, turn, new Stamps(begun, Instant.now()));
        seat.busy.set(false);
        return status;
    }

    /// Every call shows something new, so that each is a transition where transitions are told.
    private static PodStatus status(PodRef pod, int turn, Stamps stamps) {
        return new PodStatus(
                "uid-" + pod.name(),
                turn,
                Optional.empty(),
                PodLifecycle.RUNNING,
                "Running",
                "Running",
                Optional.empty(),
                Optional.of(stamps.text()),
                turn % 2 == 0,
                List.of(),
                Optional.of("node-1"),
                Optional.of("10.0.0.1"),
                0,
                Optional.of(stamps.ended()));
    }

    int overlaps() {
        return overlaps.get();
    }

    private static final class Seat {
        private final AtomicBoolean busy = new AtomicBoolean();
        private final AtomicInteger turns = new AtomicInteger();
    }

    /// When a call began and ended.
    record Stamps(Instant begun, Instant ended) {
        String text() {
            return micros(begun) + "/" + micros(ended);
        }

        static Stamps of(String text) {
            String[] both = text.split("/", 2);
            return new Stamps(instant(both[0]), instant(both[1]));
        }

        private static long micros(Instant at) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, at);
        }

        private static Instant instant(String micros) {
            return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
        }
    }
}
