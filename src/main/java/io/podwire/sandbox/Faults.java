package io.podwire.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Makes calls on the simulated API server go wrong, for tests.
///
/// Thread-safe. Faults wait in the order they were put in; a call takes the first that matches it.
public final class Faults {
    private final OpenStreams streams;

    /// Guarded by `this`.
    private final List<Waiting> waiting = new ArrayList<>();

    Faults(OpenStreams streams) {
        this.streams = streams;
    }

    /// The next `times` calls that match go wrong in this way.
    public synchronized void inject(Predicate<ApiRequest> which, int times, Fault fault) {
        waiting.add(new Waiting(which, times, fault));
    }

    /// All calls that match go wrong in this way until [#clear()].
    public void injectAlways(Predicate<ApiRequest> which, Fault fault) {
        inject(which, Integer.MAX_VALUE, fault);
    }

    /// Creates of pods.
    public static Predicate<ApiRequest> podCreates() {
        return on("POST", "/pods");
    }

    /// Calls by method and the end of the path.
    public static Predicate<ApiRequest> on(String method, String pathEnd) {
        return request -> request.method().equals(method) && request.path().endsWith(pathEnd);
    }

    /// Calls that open a watch.
    public static Predicate<ApiRequest> watches() {
        return ApiRequest::watch;
    }

    /// Calls that read a log.
    public static Predicate<ApiRequest> logs() {
        return ApiRequest::log;
    }

    /// Takes back what has not happened yet.
    public synchronized void clear() {
        waiting.clear();
    }

    /// Drops the connections of all open watches.
    public void cutWatches() {
        streams.cutWatches();
    }

    /// Open watches stay open and never say anything again.
    public void freezeWatches() {
        streams.freezeWatches();
    }

    /// Drops the connections of all open logs, in the middle of what would have come next.
    public void cutLogs() {
        streams.cutLogs();
    }

    synchronized Optional<Fault> take(ApiRequest request) {
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting next = all.next();
            if (next.which.test(request)) {
                next.times--;
                if (next.times == 0) {
                    all.remove();
                }
                return Optional.of(next.fault);
            }
        }
        return Optional.empty();
    }

    /// Confined to the lock of [Faults].
    private static final class Waiting {
        private final Predicate<ApiRequest> which;
        private final Fault fault;

        /// How many calls are still to go wrong; at least 1.
        private int times;

        Waiting(Predicate<ApiRequest> which, int times, Fault fault) {
            if (times < 1) {
                throw new IllegalArgumentException("times must be at least 1: " + times);
            }
            this.which = which;
            this.times = times;
            this.fault = fault;
        }
    }
}
