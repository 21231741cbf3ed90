package io.podwire.execute;

/// Whether this worker may still speak for the command's partition.
///
/// Asked just before each call that changes the cluster, and before each wait.
public interface Permission {
    /// Whether the partition is ours as far as we know.
    boolean held();

    /// Whether the others cannot have taken it from us yet, even if they have stopped hearing from us.
    boolean certain();
}
