package io.podwire.logs;

import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.LogRequest.Follow;
import io.podwire.protocol.LogRequest.Instance;
import io.podwire.protocol.LogRequest.Selection;
import io.podwire.protocol.LogRequest.Timestamps;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Writes down what a test asks a session for.
final class Asking {
    private Selection selection = new Selection.Default();
    private Follow follow = Follow.NO;
    private Timestamps timestamps = Timestamps.NO;
    private Instance instance = Instance.CURRENT;
    private OptionalLong tailLines = OptionalLong.empty();
    private OptionalLong limitBytes = OptionalLong.empty();
    private Optional<Instant> since = Optional.empty();
    private Optional<Instant> deadline = Optional.empty();
    private final List<LogCursor> cursors = new ArrayList<>();

    static Asking once() {
        return new Asking();
    }

    static Asking following() {
        Asking asking = new Asking();
        asking.follow = Follow.YES;
        return asking;
    }

    Asking of(Selection some) {
        selection = some;
        return this;
    }

    Asking withTimestamps() {
        timestamps = Timestamps.YES;
        return this;
    }

    Asking previous() {
        instance = Instance.PREVIOUS;
        return this;
    }

    Asking tail(long lines) {
        tailLines = OptionalLong.of(lines);
        return this;
    }

    Asking atMost(long bytes) {
        limitBytes = OptionalLong.of(bytes);
        return this;
    }

    Asking since(Instant time) {
        since = Optional.of(time);
        return this;
    }

    Asking until(Duration time) {
        deadline = Optional.of(ScriptedPod.START.plus(time));
        return this;
    }

    Asking from(LogCursor cursor) {
        cursors.add(cursor);
        return this;
    }

    LogSessionSpec spec() {
        LogRequest request =
                new LogRequest(
                        selection,
                        tailLines,
                        since,
                        follow,
                        timestamps,
                        instance,
                        limitBytes,
                        Optional.empty());
        return new LogSessionSpec(ScriptedPod.POD, "u1", request, deadline, cursors, List.of());
    }
}
