package io.podwire.sandbox;

import java.util.ArrayDeque;
import java.util.List;

/// The newest calls and how they were answered.
///
/// Thread-safe.
final class RequestLog {
    private final int size;

    /// Oldest first. Guarded by `this`.
    private final ArrayDeque<ApiRequest> newest = new ArrayDeque<>();

    RequestLog(int size) {
        this.size = size;
    }

    synchronized void add(ApiRequest request) {
        newest.addLast(request);
        if (newest.size() > size) {
            newest.removeFirst();
        }
    }

    synchronized List<ApiRequest> all() {
        return List.copyOf(newest);
    }

    synchronized void clear() {
        newest.clear();
    }
}
