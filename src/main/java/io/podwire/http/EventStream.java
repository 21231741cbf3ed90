package io.podwire.http;

import com.sun.net.httpserver.HttpExchange;

import io.podwire.codec.EventEncoder;
import io.podwire.http.LiveEvents.Heard;
import io.podwire.protocol.Event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/// Server-sent events: each event that this worker commits, as it was published but for long texts.
///
/// Thread-safe. `hello` begins a stream, `missed` says that some are not to be had any more. A listener that comes back
/// with the id of the last event it had gets what it missed, where this process still has it.
final class EventStream {
    static final int MOST_LISTENERS = 32;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /// Between two writes to a listener: a burst is one.
    private static final Duration PACE = Duration.ofMillis(50);

    private final LiveEvents live;
    private final EventEncoder encoder;
    private final Semaphore places = new Semaphore(MOST_LISTENERS);

    /// Ids of another process mean nothing here.
    private final String process = UUID.randomUUID().toString().substring(24);

    EventStream(LiveEvents live, EventEncoder encoder) {
        this.live = live;
        this.encoder = encoder;
    }

    /// Answers until the listener is gone, or the thread is interrupted.
    ///
    /// @return the answer to give instead, where there is no place
    Optional<Page> serve(HttpExchange exchange) throws IOException {
        if (!places.tryAcquire()) {
            return Optional.of(
                    Page.unavailable(
                            "%d pages listen already: close one, or look at another worker"
                                    .formatted(MOST_LISTENERS)));
        }
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            listen(start(exchange), exchange.getResponseBody());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server closes
        } finally {
            places.release();
        }
        return Optional.empty();
    }

    /// An id that is none of ours lies beyond all that was told, which is a miss.
    private long start(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID"))
                .map(this::position)
                .orElseGet(live::position);
    }

    private long position(String id) {
        String[] parts = id.split("/", 2);
        boolean ours = parts.length == 2 && parts[0].equals(process);
        return ours && parts[1].matches("[0-9]{1,18}") ? Long.parseLong(parts[1]) : Long.MAX_VALUE;
    }

    private void listen(long from, OutputStream out) throws IOException, InterruptedException {
        long position = from;
        write(out, "retry: 2000\nevent: hello\ndata: {}\n\n");
        while (true) {
            Heard heard = live.await(position, HEARTBEAT);
            write(out, text(heard));
            position = heard.position();
            Thread.sleep(PACE);
        }
    }

    private String text(Heard heard) {
        return switch (heard) {
            case Heard.Missed(var position) ->
                    "id: %s/%d\nevent: missed\ndata: {}\n\n".formatted(process, position);
            case Heard.Next(var events, var position) -> {
                StringBuilder text = new StringBuilder(events.isEmpty() ? ": still here\n\n" : "");
                long first = position - events.size();
                for (Event event : events) {
                    first++;
                    text.append("id: %s/%d\ndata: ".formatted(process, first));
                    text.append(new String(encoder.encode(event).value(), StandardCharsets.UTF_8));
                    text.append("\n\n");
                }
                yield text.toString();
            }
        };
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
