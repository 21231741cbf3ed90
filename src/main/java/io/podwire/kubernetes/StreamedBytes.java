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
import java.util.concurrent.locks.ReentrantLock;

/// The body of a response, pulled piece by piece: little is asked for while what came is not read.
///
/// The client's event loop fills it, one reader empties it; `close` may come from any thread. The kubelet sends each line
/// of a log by itself, so the loop asks for the next one at once, and wakes nobody for it, while there is room.
final class StreamedBytes implements LogBytes {
    /// What a client may hold for each of some thousand logs.
    static final int ROOM_BYTES = 16 * 1024;

    /// A part has some hundred bytes of its own; and where one is asked for in the call that brings another, they pile
    /// up on the stack.
    static final int ROOM_PARTS = 64;

    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> unread = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<AsyncBody> body = Optional.empty();

    /// Whether the client owes an answer to the last request for more. Guarded by `lock`, as those below.
    private boolean asked;

    /// In `parts`, with bytes.
    private int waitingParts;

    private int waitingBytes;

    private record Part(List<ByteBuffer> bytes, Optional<Throwable> failure, boolean last) {
        int size() {
            return bytes.stream().mapToInt(ByteBuffer::remaining).sum();
        }
    }

    /// Called by the client with what it has read.
    ///
    /// @param from where more can be asked for
    void arrived(List<ByteBuffer> bytes, AsyncBody from) {
        Part part = new Part(List.copyOf(bytes), Optional.empty(), false);
        boolean more;
        lock.lock();
        try {
            waitingParts++;
            waitingBytes += part.size();
            parts.add(part);
            more = waitingParts < ROOM_PARTS && waitingBytes < ROOM_BYTES;
            asked = more;
        } finally {
            lock.unlock();
        }
        if (more) {
            from.consume();
        }
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
            askUnlessFull();
            Part part = parts.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            if (part == null) {
                return 0;
            }
            if (part.last()) {
                parts.add(part); // for whoever reads once more
                return end(part);
            }
            taken(part);
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

    private void taken(Part part) {
        lock.lock();
        try {
            waitingParts--;
            waitingBytes -= part.size();
        } finally {
            lock.unlock();
        }
    }

    /// Not before half of it is read: each time costs the loop a wake-up.
    private void askUnlessFull() {
        boolean ask;
        lock.lock();
        try {
            ask = !asked && waitingParts <= ROOM_PARTS / 2 && waitingBytes <= ROOM_BYTES / 2;
            asked |= ask;
        } finally {
            lock.unlock();
        }
        if (ask) {
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
