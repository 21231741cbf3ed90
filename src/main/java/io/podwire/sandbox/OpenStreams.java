package io.podwire.sandbox;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The watches and logs that are being streamed, so that they can be disturbed.
///
/// Thread-safe.
final class OpenStreams {
    private final Set<ServedWatch> watches = ConcurrentHashMap.newKeySet();
    private final Set<ServedLog> logs = ConcurrentHashMap.newKeySet();

    void add(ServedWatch watch) {
        watches.add(watch);
    }

    void remove(ServedWatch watch) {
        watches.remove(watch);
    }

    void add(ServedLog log) {
        logs.add(log);
    }

    void remove(ServedLog log) {
        logs.remove(log);
    }

    void cutWatches() {
        watches.forEach(ServedWatch::cut);
    }

    void freezeWatches() {
        watches.forEach(ServedWatch::freeze);
    }

    void freezeLogs() {
        logs.forEach(ServedLog::freeze);
    }

    void cutLogs() {
        logs.forEach(ServedLog::cut);
    }
}
