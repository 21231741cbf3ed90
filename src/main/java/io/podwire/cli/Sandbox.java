package io.podwire.cli;

import io.podwire.sandbox.EmbeddedKafka;
import io.podwire.sandbox.EmbeddedKafkaSettings;
import io.podwire.sandbox.PortTaken;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What dev mode starts beside the worker, as far as no real one is given. Confined to one thread.
final class Sandbox implements AutoCloseable {
    private final Optional<Path> data;
    private final Deque<Runnable> closing = new ArrayDeque<>();

    /// @param data where both keep what they have; empty keeps nothing
    Sandbox(Optional<Path> data, boolean fresh) throws IOException {
        this.data = data;
        if (fresh && data.isPresent()) {
            delete(data.get());
        }
    }

    /// Returns the broker's address.
    String startBroker(int port) {
        EmbeddedKafkaSettings settings = EmbeddedKafkaSettings.onPort(port);
        EmbeddedKafka broker =
                started(data.map(dir -> settings.keptIn(dir.resolve("kafka"))).orElse(settings));
        closing.push(broker::close);
        return "localhost:" + broker.port();
    }

    private static EmbeddedKafka started(EmbeddedKafkaSettings settings) {
        try {
            return EmbeddedKafka.start(settings);
        } catch (PortTaken e) {
            throw new Stopped(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /// Returns a kubeconfig that leads to the cluster.
    Path startCluster() {
        SimulationSettings settings = SimulationSettings.defaults();
        SimulatedCluster cluster =
                SimulatedCluster.start(
                        data.map(dir -> settings.withData(dir.resolve("cluster")))
                                .orElse(settings));
        closing.push(cluster::close);
        try {
            Path file = Files.createTempFile("podwire-dev", ".kubeconfig");
            closing.push(() -> file.toFile().delete());
            return Files.writeString(file, cluster.kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path dir) throws IOException {
        if (!Files.exists(dir)) {
            return;
        }
        try (Stream<Path> all = Files.walk(dir)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        }
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }
}
