package io.podwire.config;

/// What must be set.
public enum Requirement {
    /// What a worker cannot start without: `kafka.bootstrap.servers`.
    RUN,
    /// Nothing.
    ANY
}
