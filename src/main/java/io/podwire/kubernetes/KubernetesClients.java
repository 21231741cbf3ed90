package io.podwire.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.podwire.execute.Pods;
import io.podwire.protocol.PodStatus;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// One client per concern, so that follows and watches never take a command's connections.
///
/// Thread-safe. None of them tries anything again but the watches: retries are the executor's.
public final class KubernetesClients implements AutoCloseable {
    private static final Duration FASTEST_PING = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final ExecutorService callbacks;
    private final KubernetesSerialization json = SlimJson.serialization();
    private final KubernetesClient commands;
    private final KubernetesClient watches;
    private final KubernetesClient logs;
    private final Duration requestTimeout;
    private final String namespace;

    private KubernetesClients(Config config, KubernetesSettings settings) {
        requestTimeout = settings.requestTimeout();
        namespace = namespace(config, settings);
        vertx = Transport.vertx();
        callbacks = Executors.newVirtualThreadPerTaskExecutor();
        commands = client(config, Optional.of(requestTimeout.multipliedBy(2)));
        watches = client(config, Optional.empty());
        logs = client(config, Optional.empty());
    }

    static KubernetesClients open(Config config, KubernetesSettings settings) {
        return new KubernetesClients(config, settings);
    }

    /// The port of the executor.
    ///
    /// @param view how a pod of the API is put into our words
    public Pods pods(Function<Pod, PodStatus> view) {
        return pods(view, RequestTimes.none());
    }

    /// As [#pods(Function)], of which each request is told.
    public Pods pods(Function<Pod, PodStatus> view, RequestTimes times) {
        return new ApiPods(new ApiCalls(commands, requestTimeout, times), view);
    }

    public ClusterIdentity identity() {
        return new ClusterIdentity(new ApiCalls(commands, requestTimeout));
    }

    /// Where a command names no namespace.
    public String namespace() {
        return namespace;
    }

    public Duration requestTimeout() {
        return requestTimeout;
    }

    /// For informers.
    public KubernetesClient watches() {
        return watches;
    }

    /// For log streams.
    public KubernetesClient logs() {
        return logs;
    }

    @Override
    public void close() {
        logs.close();
        watches.close();
        commands.close();
        callbacks.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS);
    }

    private KubernetesClient client(Config config, Optional<Duration> idle) {
        Duration ping = requestTimeout.compareTo(FASTEST_PING) < 0 ? FASTEST_PING : requestTimeout;
        Config own =
                new ConfigBuilder(config)
                        .withNamespace(namespace)
                        .withRequestTimeout((int) requestTimeout.toMillis())
                        // Shorter, so that a host that is not there is told from a lost answer.
                        .withConnectionTimeout((int) Math.max(1, requestTimeout.toMillis() / 2))
                        .withRequestRetryBackoffLimit(0)
                        .withWebsocketPingInterval(ping.toMillis())
                        .build();
        return new KubernetesClientBuilder()
                .withConfig(own)
                .withKubernetesSerialization(json)
                // Named, because the service loader would prefer any other one on the class path.
                .withHttpClientFactory(
                        new Transport(
                                vertx,
                                idle,
                                ping.multipliedBy(5).dividedBy(2),
                                // All that fell silent together cost one time-out, not one each.
                                requestTimeout.dividedBy(2)))
                .withTaskExecutor(callbacks)
                .build();
    }

    private static String namespace(Config config, KubernetesSettings settings) {
        return settings.namespace()
                .or(() -> Optional.ofNullable(config.getNamespace()))
                .filter(name -> !name.isBlank())
                .orElse("default");
    }
}
