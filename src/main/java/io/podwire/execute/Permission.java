package io.podwire.execute;

/// Whether this worker may still speak for the command's partition.
///
/// Asked just before each call that changes the cluster, and before each wait.
public interface Permission {
    /// Whether the partition is ours as far as we know.
    boolean held();

    /// Whether the others cannot have taken it from us yet, even if they have stopped hearing from us.
    boolean certain();

    /// Whether the cluster may be changed now.
    ///
    /// In this order: a member that the group had given up is certain again as soon as it has joined anew, and by then its
    /// partitions are known to be lost. Asked the other way round, both could be true in turn.
    default boolean granted() {
        return certain() && held();
    }
}
