package io.podwire.pipeline;

import io.podwire.protocol.PodState;

/// Does what the committed states ask for, and derives it from nothing else: a restart needs no way of its own.
///
/// Thread-safe; every call returns at once.
public interface StateFollower {
    /// The partition is ours.
    default void begin(Partition partition) {}

    /// A state is committed, or was when its partition was opened and something may still happen to it. One may come
    /// after a newer one.
    void follow(Partition partition, PodState state);

    /// The partition is not ours any more.
    void forget(Partition partition);
}
