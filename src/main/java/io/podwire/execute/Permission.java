package io.podwire.execute;

/// Whether this worker may still speak for the command's partition.
///
/// Asked just before each call that changes the cluster, and before each wait.
public interface Permission {
    boolean held();
}
