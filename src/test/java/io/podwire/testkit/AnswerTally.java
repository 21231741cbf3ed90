package io.podwire.testkit;

import io.podwire.codec.ReadEvent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How often each command was answered, and when; small enough for a hundred thousand of them.
///
/// Thread-safe.
public final class AnswerTally {
    /// Guarded by `this`.
    private final Map<String, Integer> counts = new HashMap<>();

    /// In the order they came. Guarded by `this`.
    private final List<Arrival> arrivals = new ArrayList<>();

    /// How many of each: `created`, `failed POD_NOT_FOUND` … Guarded by `this`.
    private final Map<String, Integer> kinds = new TreeMap<>();

    /// An answer, and when it came.
    ///
    /// @param atNanos by the clock of [System#nanoTime]
    public record Arrival(String commandId, long atNanos) {}

    synchronized void take(ReadEvent event) {
        if (!event.terminal()) {
            return;
        }
        String id = event.cause().map(cause -> cause.id()).orElse("");
        counts.merge(id, 1, Integer::sum);
        kinds.merge(kind(event), 1, Integer::sum);
        arrivals.add(new Arrival(id, System.nanoTime()));
        notifyAll();
    }

    private static String kind(ReadEvent event) {
        return switch (event.body()) {
            case ReadEvent.Succeeded done -> done.outcome();
            case ReadEvent.Failed failed -> "failed " + failed.error().reason();
            case ReadEvent.Rejected rejected -> "rejected " + rejected.error().reason();
            case ReadEvent.Duplicate _ -> "duplicate";
            default -> event.type();
        };
    }

    /// How many answers there are.
    public synchronized int total() {
        return arrivals.size();
    }

    public synchronized int of(String commandId) {
        return counts.getOrDefault(commandId, 0);
    }

    public synchronized Map<String, Integer> kinds() {
        return new TreeMap<>(kinds);
    }

    public synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /// When the last answer came; empty where there is none.
    public synchronized Optional<Arrival> last() {
        return arrivals.isEmpty() ? Optional.empty() : Optional.of(arrivals.getLast());
    }
}
