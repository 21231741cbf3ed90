package io.podwire.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/// The open answer that events are written to. Confined to the event loop.
interface StreamSink {
    void send(byte[] event);

    /// Ends the answer as a server that has said everything does.
    void end();

    /// Drops the connection.
    void cut();

    void onClosed(Runnable action);

    static StreamSink of(ServerWebSocket socket) {
        return new StreamSink() {
            @Override
            public void send(byte[] event) {
                socket.writeFinalTextFrame(
                        new String(event, java.nio.charset.StandardCharsets.UTF_8));
            }

            @Override
            public void end() {
                socket.close();
            }

            @Override
            public void cut() {
                socket.closeHandler(_ -> {});
                socket.shutdown(0, java.util.concurrent.TimeUnit.MILLISECONDS);
            }

            @Override
            public void onClosed(Runnable action) {
                socket.closeHandler(_ -> action.run());
            }
        };
    }

    static StreamSink of(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        return new StreamSink() {
            @Override
            public void send(byte[] event) {
                response.write(Buffer.buffer(event).appendByte((byte) '\n'));
            }

            @Override
            public void end() {
                response.end();
            }

            @Override
            public void cut() {
                request.connection().close();
            }

            @Override
            public void onClosed(Runnable action) {
                response.closeHandler(_ -> action.run());
            }
        };
    }
}
