package io.podwire.logs;

import java.io.IOException;
import java.time.Duration;

/// The bytes of an open log. Confined to the thread that reads, but for `close`.
public interface LogBytes extends AutoCloseable {
    /// Reads what is there, waiting for at most that time if nothing is.
    ///
    /// Returns how many bytes were read into the array from that place on; 0 when none came in that time, -1 at
    /// the end. A cut connection is an [IOException].
    int read(byte[] into, int from, Duration atMost) throws IOException, InterruptedException;

    @Override
    void close();
}
