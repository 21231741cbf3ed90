package io.podwire.faults;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.KafkaProcess;
import io.podwire.testkit.KafkaProcessSettings;
import io.podwire.testkit.RealCluster;
import io.podwire.testkit.TcpProxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/// One broker and one simulated cluster for all fault tests of this JVM, each behind a proxy; made by the first test that asks.
///
/// Tests leave it as they found it, see [#heal]. Confined to the thread that runs the tests.
final class FaultWorld {
    static final String CLUSTER = "simulated";

    /// A worker that is killed or frozen is given up after this time; the shortest that a group of these brokers may have is 1 s.
    static final Duration SESSION = Duration.ofSeconds(3);

    private static final SimulationSettings.Limits LIMITS =
            new SimulationSettings.Limits(20_000, 1 << 20, 20_000);

    private final Path dir;
    private final TcpProxy brokerProxy = TcpProxy.open(TcpProxy.Wire.KAFKA);
    private final KafkaProcess broker;
    private final SimulatedCluster cluster;
    private final TcpProxy apiProxy;
    private final KubernetesClient client;
    private final PodCensus census;

    private FaultWorld() {
        try {
            Files.createDirectories(Path.of("target"));
            this.dir = Files.createTempDirectory(Path.of("target"), "faults-").toAbsolutePath();
            this.broker =
                    KafkaProcess.start(
                            Files.createDirectory(dir.resolve("broker")),
                            KafkaProcessSettings.behind(brokerProxy)
                                    .with("log.cleaner.backoff.ms", "300"));
            this.cluster = SimulatedCluster.start(SimulationSettings.defaults().withLimits(LIMITS));
            this.apiProxy = TcpProxy.to(cluster.url().getPort());
            Files.writeString(kubeconfig(), cluster.kubeconfig());
            Files.writeString(
                    kubeconfigBehindProxy(),
                    cluster.kubeconfig()
                            .replace(
                                    cluster.url().toString(),
                                    "http://127.0.0.1:" + apiProxy.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.client = RealCluster.client(kubeconfig());
        this.census = new PodCensus(client);
    }

    /// The one of this JVM, with nothing wrong with it.
    static FaultWorld healthy() {
        FaultWorld world = Holder.WORLD;
        world.heal();
        return world;
    }

    /// Takes back everything that was done to it.
    void heal() {
        brokerProxy.heal();
        apiProxy.heal();
        cluster.faults().clear();
        cluster.resume();
        broker.thaw();
        if (!broker.alive()) {
            broker.restart();
        }
    }

    /// Topics and a group and a namespace of its own; the caller closes it.
    WorkerBench bench() throws ExecutionException, InterruptedException {
        return benchOn(broker);
    }

    /// As [#bench], on another broker.
    WorkerBench benchOn(KafkaProcess other) throws ExecutionException, InterruptedException {
        return new WorkerBench(
                other.bootstrapServers(), kubeconfig(), RealCluster.newNamespace(client));
    }

    /// As [#bench], for long runs.
    WorkerBench largeBench() throws ExecutionException, InterruptedException {
        return new WorkerBench(
                broker.bootstrapServers(),
                kubeconfig(),
                RealCluster.newNamespace(client),
                Soak.SIZE);
    }

    /// A directory of its own.
    Path newDir(String name) {
        try {
            return Files.createTempDirectory(dir, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KafkaProcess broker() {
        return broker;
    }

    SimulatedCluster cluster() {
        return cluster;
    }

    KubernetesClient client() {
        return client;
    }

    PodCensus census() {
        return census;
    }

    /// Before the broker; only workers that are started with [#behindBrokerProxy] feel it.
    TcpProxy brokerProxy() {
        return brokerProxy;
    }

    String behindBrokerProxy() {
        return "kafka.bootstrap.servers=127.0.0.1:" + brokerProxy.port();
    }

    /// Before the API server; only workers that are started with [#behindApiProxy] feel it.
    TcpProxy apiProxy() {
        return apiProxy;
    }

    String behindApiProxy() {
        return "kubernetes.kubeconfig=" + kubeconfigBehindProxy();
    }

    /// A worker's setting.
    static String session() {
        return "kafka.consumer.session.timeout.ms=" + SESSION.toMillis();
    }

    private Path kubeconfig() {
        return dir.resolve("kubeconfig");
    }

    private Path kubeconfigBehindProxy() {
        return dir.resolve("kubeconfig-proxy");
    }

    private static final class Holder {
        static final FaultWorld WORLD = new FaultWorld();
    }
}
