package io.podwire.logs;

import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogGap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Keeps what a session gave out. Thread-safe.
public final class TakenLog implements LogSink {
    public final List<LogChunk> chunks = new ArrayList<>();
    public final List<LogCursor> cursors = new ArrayList<>();
    public final List<LogGap> gaps = new ArrayList<>();
    private int crashAfterChunks = Integer.MAX_VALUE;

    /// The worker dies when that many chunks were committed.
    TakenLog crashingAfter(int count) {
        crashAfterChunks = count;
        return this;
    }

    @Override
    public synchronized void read(LogChunk chunk, LogCursor cursor) throws InterruptedException {
        if (chunks.size() >= crashAfterChunks) {
            throw new InterruptedException("crash");
        }
        chunks.add(chunk);
        cursors.add(cursor);
    }

    @Override
    public synchronized void missed(LogGap gap, LogCursor cursor) {
        gaps.add(gap);
        cursors.add(cursor);
    }

    public String text(String container) {
        return new String(bytes(container), StandardCharsets.UTF_8);
    }

    synchronized byte[] bytes(String container) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.stream()
                .filter(chunk -> chunk.container().equals(container))
                .forEach(chunk -> all.writeBytes(chunk.bytes()));
        return all.toByteArray();
    }

    long ends(String container) {
        return cursors.stream()
                .filter(cursor -> cursor.container().equals(container) && cursor.ended())
                .count();
    }
}
