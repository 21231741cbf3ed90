package io.podwire.pipeline;

import io.podwire.watch.PodFeed;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Remembers which partitions it was to watch. Thread-safe.
final class SelectedFeed implements PodFeed {
    private final List<Set<Integer>> selections = new ArrayList<>();
    private final BlockingQueue<Set<Integer>> news = new LinkedBlockingQueue<>();

    @Override
    public void follow(Set<Integer> partitions) {
        synchronized (selections) {
            selections.add(partitions);
        }
        news.add(partitions);
    }

    List<Set<Integer>> selections() {
        synchronized (selections) {
            return List.copyOf(selections);
        }
    }

    void awaitSelection(Set<Integer> wanted) throws InterruptedException {
        boolean seen = false;
        while (!seen) {
            Set<Integer> next = news.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("not selected: " + wanted + ", but " + selections());
            }
            seen = next.equals(wanted);
        }
    }

    @Override
    public void close() {}
}
