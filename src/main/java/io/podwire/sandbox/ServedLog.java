package io.podwire.sandbox;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// One log call being answered; reads on only as fast as the client takes the bytes.
///
/// Confined to its event loop, except that [#cut()] may be called from anywhere.
final class ServedLog {
    private final Exchange exchange;
    private final ContainerLog log;
    private final LogReader reader;
    private final Context context;
    private final OpenStreams streams;
    private final Runnable wake = this::wake;

    /// Set while a pump is already on its way to the event loop.
    private final AtomicBoolean woken = new AtomicBoolean();

    /// How many bytes may still be sent before the fault happens.
    private long bytesUntilFault;

    private boolean closed;
    private volatile boolean frozen;

    ServedLog(
            Exchange exchange,
            ContainerLog log,
            LogReader reader,
            Context context,
            OpenStreams streams) {
        this.exchange = exchange;
        this.log = log;
        this.reader = reader;
        this.context = context;
        this.streams = streams;
        this.bytesUntilFault = bytesUntil(exchange.fault());
    }

    private static long bytesUntil(Optional<Fault> fault) {
        return switch (fault.orElse(null)) {
            case Fault.CutLog(int bytes) -> bytes;
            case Fault.EndLog(int bytes) -> bytes;
            case null, default -> Long.MAX_VALUE;
        };
    }

    void start() {
        HttpServerResponse response = exchange.http().response();
        exchange.streamed(200);
        response.setChunked(true).putHeader("Content-Type", "text/plain");
        response.closeHandler(_ -> close());
        response.exceptionHandler(_ -> close());
        response.writeHead();
        response.drainHandler(_ -> pump());
        streams.add(this);
        log.listen(wake);
        pump();
    }

    void cut() {
        context.runOnContext(_ -> drop());
    }

    /// Says nothing any more, and stays open.
    void freeze() {
        frozen = true;
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            context.runOnContext(_ -> pump());
        }
    }

    private void pump() {
        woken.set(false);
        HttpServerResponse response = exchange.http().response();
        while (!closed && !frozen && !response.writeQueueFull()) {
            byte[] bytes = reader.read();
            if (bytes.length >= bytesUntilFault) {
                happen(Arrays.copyOf(bytes, (int) bytesUntilFault));
                return;
            }
            bytesUntilFault -= bytes.length;
            if (bytes.length > 0) {
                response.write(Buffer.buffer(bytes));
            } else if (reader.ended()) {
                finish();
                return;
            } else {
                return;
            }
        }
    }

    private void happen(byte[] last) {
        HttpServerResponse response = exchange.http().response();
        boolean clean = exchange.fault().filter(Fault.EndLog.class::isInstance).isPresent();
        response.write(Buffer.buffer(last))
                .onComplete(
                        _ -> {
                            if (clean) {
                                finish();
                            } else {
                                drop();
                            }
                        });
    }

    private void finish() {
        if (!closed) {
            close();
            exchange.http().response().end();
        }
    }

    private void drop() {
        close();
        exchange.http().connection().close();
    }

    private void close() {
        closed = true;
        streams.remove(this);
        log.ignore(wake);
    }
}
