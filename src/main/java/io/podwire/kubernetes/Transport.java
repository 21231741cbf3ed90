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
    /// Vert.x finds connections that are no longer to be used only when it looks for them.
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final Duration STARVED = Duration.ofSeconds(20);

    private static final String WITHOUT_OWN_DNS = "vertx.disableDnsResolver";

    private final Optional<Duration> idle;
    private final Duration silence;
    private final Duration kept;

    /// @param idle after which time without a byte a connection is dropped; empty: never
    /// @param silence as that, for WebSockets, on which a peer that is there answers pings
    /// @param kept how long a connection that nobody uses may be used again; in whole seconds, at least one
    Transport(Vertx vertx, Optional<Duration> idle, Duration silence, Duration kept) {
        super(vertx);
        this.idle = idle;
        this.silence = silence;
        this.kept = kept;
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
                        // A process that gets no processor for two seconds is nobody's defect.
                        .setMaxEventLoopExecuteTime(STARVED.toNanos())
                        .setUseDaemonThread(true));
    }

    @Override
    protected void additionalConfig(
            WebClientOptions http, WebSocketClientOptions webSockets, PoolOptions pool) {
        // Without it a peer that vanished without a word is never missed.
        pool.setCleanerPeriod((int) LOOK.toMillis());
        http.setTcpKeepAlive(true).setKeepAliveTimeout((int) Math.max(1, kept.toSeconds()));
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
