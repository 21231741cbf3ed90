package io.podwire.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.podwire.logs.LogBytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The body of a response, pulled piece by piece: nothing is asked for while what came is not read.
///
/// The client's event loop fills it, one reader empties it; `close` may come from any thread.
final class StreamedBytes implements LogBytes {
    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> unread = new ArrayDeque<>();
    private Optional<AsyncBody> body = Optional.empty();

    /// Whether the client owes an answer to the last request for more.
    private boolean asked;

    private record Part(List<ByteBuffer> bytes, Optional<Throwable> failure, boolean last) {}

    /// Called by the client with what it has read.
    void arrived(List<ByteBuffer> bytes) {
        parts.add(new Part(List.copyOf(bytes), Optional.empty(), false));
    }

    /// The response has come; from here on its body can be read.
    void opened(AsyncBody opened) {
        body = Optional.of(opened);
        var _ =
                opened.done()
                        .whenComplete(
                                (_, failure) ->
                                        parts.add(
                                                new Part(
                                                        List.of(),
                                                        Optional.ofNullable(failure),
                                                        true)));
    }

    @Override
    public int read(byte[] into, int from, Duration atMost)
            throws IOException, InterruptedException {
        while (unread.isEmpty()) {
            ask();
            Part part = parts.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (part == null) {
                return 0;
            }
            if (part.last()) {
                parts.add(part); // for whoever reads once more
                return end(part);
            }
            asked = false;
            part.bytes().stream().filter(ByteBuffer::hasRemaining).forEach(unread::add);
        }
        ByteBuffer next = unread.getFirst();
        int count = Math.min(next.remaining(), into.length - from);
        next.get(into, from, count);
        if (!next.hasRemaining()) {
            unread.removeFirst();
        }
        return count;
    }

    private void ask() {
        if (!asked) {
            asked = true;
            body.ifPresent(AsyncBody::consume);
        }
    }

    private static int end(Part part) throws IOException {
        if (part.failure().isPresent()) {
            throw new IOException("the log was cut", part.failure().get());
        }
        return -1;
    }

    @Override
    public void close() {
        body.ifPresent(AsyncBody::cancel);
    }
}
