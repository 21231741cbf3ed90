package io.podwire.logs;

import java.util.Objects;

/// Where the log of a container comes from: the kubelet, through the API server.
public interface LogSource {
    /// Opens the log with the kubelet's time in front of every line. The caller reads and closes it.
    Opened open(LogTarget target) throws InterruptedException;

    /// What was answered.
    sealed interface Opened {
        record Stream(LogBytes bytes) implements Opened {
            public Stream {
                Objects.requireNonNull(bytes, "bytes");
            }
        }

        /// The container has not started yet.
        record Waiting(String message) implements Opened {}

        /// No pod of that name, or its kubelet does not know it.
        record NoPod() implements Opened {}

        record NoContainer(String message) implements Opened {}

        /// There was no run before the present one, or its log is gone.
        record NoPrevious() implements Opened {}

        record Forbidden(String message) implements Opened {}

        /// Nothing that could be read just now; another try may help.
        record Unavailable(String message) implements Opened {}
    }
}
