package io.podwire.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The HTTP side: accepts calls, lets faults happen to them, and writes down how they were answered.
///
/// Thread-safe.
final class ApiServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int MAX_URI_BYTES = 64 * 1024;
    private static final int ACCEPT_BACKLOG = 4_096;

    private final Vertx vertx = Vertx.vertx();
    private final ApiCalls calls;
    private final Faults faults;
    private final RequestLog log;

    /// Replaced, under `this`, by each outage that refuses connections.
    private HttpServer server;

    private final int port;
    private volatile boolean hanging;

    /// Whether `server` is closed. Guarded by `this`.
    private boolean refusing;

    ApiServer(int port, ApiCalls calls, Faults faults, RequestLog log) {
        this.calls = calls;
        this.faults = faults;
        this.log = log;
        this.server = listen(port);
        this.port = server.actualPort();
    }

    int port() {
        return port;
    }

    private HttpServer listen(int wanted) {
        var options =
                new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(wanted)
                        .setAcceptBacklog(ACCEPT_BACKLOG)
                        .setMaxInitialLineLength(MAX_URI_BYTES)
                        .setHttp2ClearTextEnabled(false);
        try {
            return vertx.createHttpServer(options)
                    .requestHandler(this::accept)
                    .listen()
                    .await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("cannot listen on port " + wanted, e);
        }
    }

    /// Drops all connections and refuses new ones.
    synchronized void refuse() {
        refusing = true;
        server.shutdown(0, TimeUnit.MILLISECONDS).await();
    }

    /// Takes calls and never answers them.
    void hang() {
        hanging = true;
    }

    synchronized void resume() {
        hanging = false;
        if (refusing) {
            refusing = false;
            server = listen(port);
        }
    }

    private void accept(HttpServerRequest http) {
        var request =
                new ApiRequest(
                        Instant.now(),
                        text(http.getHeader("User-Agent")),
                        http.method().name(),
                        text(http.path()),
                        text(http.query()),
                        0);
        Optional<Fault> fault = hanging ? Optional.of(new Fault.Freeze()) : faults.take(request);
        if (http.canUpgradeToWebSocket()) {
            http.pause();
            meetFault(new Exchange(http, request, Buffer.buffer(), fault, log));
            return;
        }
        http.body().onSuccess(body -> meetFault(new Exchange(http, request, body, fault, log)));
    }

    private static String text(@org.jspecify.annotations.Nullable String header) {
        return header == null ? "" : header;
    }

    private void meetFault(Exchange exchange) {
        switch (exchange.fault().orElse(null)) {
            case Fault.Freeze() -> exchange.leaveUnanswered();
            case Fault.DropConnection() -> exchange.drop();
            case Fault.Answer wrong -> exchange.answer(wrong);
            case Fault.Delay(var time) ->
                    vertx.setTimer(Math.max(1, time.toMillis()), _ -> serve(exchange));
            case null, default -> serve(exchange);
        }
    }

    private void serve(Exchange exchange) {
        try {
            calls.serve(exchange);
        } catch (ApiFailure e) {
            exchange.fail(e);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("path", exchange.request().path())
                    .setCause(e)
                    .log("the simulated API server failed on a call");
            exchange.answer(
                    500,
                    ApiFailure.status(
                            500, "InternalError", "Internal error occurred: " + e, Json.object()));
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
