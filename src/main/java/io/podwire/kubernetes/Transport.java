package io.podwire.kubernetes;

import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.ext.web.client.WebClientOptions;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How bytes get to the API server and back.
final class Transport extends Vertx5HttpClientFactory {
    private static final String WITHOUT_OWN_DNS = "vertx.disableDnsResolver";

    private final Optional<Duration> idle;
    private final Duration silence;

    /// @param idle after which time without a byte a connection is dropped; empty: never
    /// @param silence as that, for WebSockets, on which a peer that is there answers pings
    Transport(Vertx vertx, Optional<Duration> idle, Duration silence) {
        super(vertx);
        this.idle = idle;
        this.silence = silence;
    }

    static Vertx vertx() {
        // The JDK's resolver knows search domains and the hosts file as every other program here.
        System.setProperty(WITHOUT_OWN_DNS, "true");
        return Vertx.vertx(
                new VertxOptions()
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setFileCachingEnabled(false)
                                        .setClassPathResolvingEnabled(false))
                        .setUseDaemonThread(true));
    }

    @Override
    protected void additionalConfig(
            WebClientOptions http, WebSocketClientOptions webSockets, PoolOptions pool) {
        // Without it a peer that vanished without a word is never missed.
        http.setTcpKeepAlive(true);
        webSockets.setTcpKeepAlive(true);
        // The client pings and does not miss the answers: a silent watch would be open for ever.
        webSockets
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) silence.toMillis());
        idle.ifPresent(
                time ->
                        http.setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                                .setReadIdleTimeout((int) time.toMillis()));
    }
}
