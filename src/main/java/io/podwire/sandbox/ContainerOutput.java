package io.podwire.sandbox;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/// One output stream of a container, cut into log records as a container runtime does.
///
/// Thread-safe.
final class ContainerOutput {
    /// containerd's size of a record; longer lines are partial records.
    private static final int RECORD_BYTES = 16 * 1024;

    private final ContainerLog log;

    /// The line that has no end yet. Guarded by `this`.
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    ContainerOutput(ContainerLog log) {
        this.log = log;
    }

    synchronized void write(byte[] bytes) {
        for (byte one : bytes) {
            if (one == '\n') {
                flush(false);
            } else {
                line.write(one);
                if (line.size() == RECORD_BYTES) {
                    flush(true);
                }
            }
        }
    }

    /// The container has ended: what has no newline is told without one.
    synchronized void close() {
        if (line.size() > 0) {
            flush(true);
        }
    }

    private void flush(boolean partial) {
        log.append(new ContainerLog.Entry(Instant.now(), line.toByteArray(), partial));
        line.reset();
    }
}
