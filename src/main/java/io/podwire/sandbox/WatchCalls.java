package io.podwire.sandbox;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;

import java.util.Optional;

/// Opens watches, over WebSocket or as a chunked answer, as the client asks.
final class WatchCalls {
    private final ObjectStore store;
    private final SimulationSettings.Pace pace;
    private final OpenStreams streams;

    WatchCalls(ObjectStore store, SimulationSettings.Pace pace, OpenStreams streams) {
        this.store = store;
        this.pace = pace;
        this.streams = streams;
    }

    void open(Exchange exchange, ResourcePath path, Context context) {
        WatchScope asked = WatchScope.of(path, exchange.request());
        WatchScope scope =
                exchange.fault().filter(Fault.ExpireWatch.class::isInstance).isPresent()
                        ? asked.from(Optional.of(0L))
                        : asked;
        if (exchange.http().canUpgradeToWebSocket()) {
            exchange.http()
                    .toWebSocket()
                    .onSuccess(
                            socket -> {
                                exchange.streamed(101);
                                start(scope, StreamSink.of(socket), context, exchange);
                            });
            return;
        }
        HttpServerResponse response = exchange.http().response();
        response.setChunked(true).putHeader("Content-Type", "application/json;stream=watch");
        response.writeHead();
        exchange.streamed(200);
        start(scope, StreamSink.of(exchange.http()), context, exchange);
    }

    private void start(WatchScope scope, StreamSink sink, Context context, Exchange exchange) {
        ServedWatch watch = new ServedWatch(scope, sink, context, streams);
        if (exchange.fault().filter(Fault.GarbledEvent.class::isInstance).isPresent()) {
            watch.garbleNext();
        }
        watch.start(store, pace);
    }
}
