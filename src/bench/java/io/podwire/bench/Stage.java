package io.podwire.bench;

import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.KafkaProcess;
import io.podwire.testkit.KafkaProcessSettings;

import org.apache.kafka.clients.admin.Admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What all arms share: a broker in a process of its own, and a simulated cluster without pods for those who watch one.
///
/// Confined to the benchmark's thread.
final class Stage implements AutoCloseable {
    private final Path dir;
    private final Size size;
    private final KafkaProcess broker;
    private final Admin admin;
    private final SimulatedCluster cluster;

    /// @param dir for data and logs
    Stage(Path dir, Size size) throws InterruptedException {
        this.dir = dir;
        this.size = size;
        Cores.others().hold(ProcessHandle.current().pid());
        this.broker =
                KafkaProcess.start(
                        dir,
                        KafkaProcessSettings.behind()
                                .withJvm(Cores.others().options())
                                .with("log.cleaner.enable", "false"));
        Cores.others().hold(broker.pid());
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        this.cluster = SimulatedCluster.start(SimulationSettings.defaults());
    }

    Path dir() {
        return dir;
    }

    Size size() {
        return size;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    long brokerPid() {
        return broker.pid();
    }

    /// Closed by the stage.
    Admin admin() {
        return admin;
    }

    /// Of the simulated cluster.
    Path kubeconfig() {
        try {
            return Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of a real cluster, where there is one.
    static Optional<Path> realKubeconfig() {
        return Optional.ofNullable(System.getenv("PODWIRE_IT_KUBECONFIG")).map(Path::of);
    }

    @Override
    public void close() {
        admin.close();
        cluster.close();
        broker.close();
    }
}
