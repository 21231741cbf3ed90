package io.podwire.logs;

import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogGap;

/// Takes what a session reads. May block, which holds the reading back.
///
/// Called by one thread at a time per container; several containers call side by side.
public interface LogSink {
    /// Takes lines that follow those before.
    ///
    /// @param cursor where to go on after this chunk
    void read(LogChunk chunk, LogCursor cursor) throws InterruptedException;

    /// Takes notice that lines may be missing here.
    ///
    /// @param cursor where to go on after this gap
    void missed(LogGap gap, LogCursor cursor) throws InterruptedException;
}
