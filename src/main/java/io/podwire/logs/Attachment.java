package io.podwire.logs;

import io.podwire.logs.LogSource.Opened;

/// Opens a log and reads it, if it is still that of the pod and run it was meant to be.
///
/// A log is opened by name, so only looking before and after proves whose it is.
final class Attachment {
    private final LogPorts ports;
    private final String uid;
    private final Progress progress;
    private final StreamReading reading;

    Attachment(LogPorts ports, String uid, Progress progress, StreamReading reading) {
        this.ports = ports;
        this.uid = uid;
        this.progress = progress;
        this.reading = reading;
    }

    sealed interface Result {
        record Read(StreamReading.Result result) implements Result {}

        /// The pod or the container's run changed while the log was opened; nothing was taken of it.
        record Moved() implements Result {}

        record Refused(Opened answer) implements Result {}
    }

    /// @param restarts of the container, as seen just before
    Result read(LogTarget target, int restarts) throws InterruptedException {
        Opened opened = ports.source().open(target);
        if (!(opened instanceof Opened.Stream(var bytes))) {
            return new Result.Refused(opened);
        }
        try (bytes) {
            if (!unchanged(target, restarts)) {
                return new Result.Moved();
            }
            progress.reopened();
            return new Result.Read(reading.read(bytes));
        }
    }

    private boolean unchanged(LogTarget target, int restarts) throws InterruptedException {
        return ports.look().look(target.pod()) instanceof PodLook.Look.Present seen
                && seen.status().uid().equals(uid)
                && Sight.of(seen, target.container())
                        .filter(sight -> sight.run() == restarts)
                        .isPresent();
    }
}
