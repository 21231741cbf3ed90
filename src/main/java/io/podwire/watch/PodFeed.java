package io.podwire.watch;

import java.util.Set;

/// Watches the pods of our group and tells a [PodListener] about them, through every cut of the connection.
public interface PodFeed extends AutoCloseable {
    /// Watches our pods of these partitions instead of those before.
    ///
    /// The new watch is synced before the old one stops, so pods of partitions kept are never out of sight.
    /// Returns when it is synced, and tries until then; an empty set stops the watch.
    void follow(Set<Integer> partitions) throws InterruptedException;

    @Override
    void close();
}
