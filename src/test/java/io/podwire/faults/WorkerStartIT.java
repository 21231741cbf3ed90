package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.KafkaProcess;
import io.podwire.testkit.SharedKafka;
import io.podwire.testkit.Topics;
import io.podwire.testkit.WorkerUnderTest;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// How a worker begins where Kafka is not as it should be.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WorkerStartIT {
    @TempDir private Path dir;
    private SimulatedCluster cluster;
    private Path kubeconfig;

    @BeforeEach
    void start() throws IOException {
        cluster = SimulatedCluster.start(SimulationSettings.defaults());
        kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void workerThatStartsBeforeTheBrokerSaysSoAndWaits()
            throws ExecutionException, InterruptedException, IOException {
        // Given
        try (var broker = KafkaProcess.start(dir);
                var bench = new WorkerBench(broker.bootstrapServers(), kubeconfig, "default")) {
            broker.kill();
            WorkerUnderTest worker = bench.start(dir);
            worker.awaitLog(
                    2,
                    Duration.ofSeconds(60),
                    line ->
                            line.contains("no answer from Kafka")
                                    && line.contains(
                                            broker.bootstrapServers() + ": Connection refused"));
            List<String> waiting = worker.log(WorkerStartIT::isNotAboutHttp);
            int readyBefore = worker.page("/readyz").statusCode();
            int alive = worker.page("/livez").statusCode();

            // When
            broker.restart();
            ReadEvent answer = bench.events().answer(bench.create("first", ""));

            // Then
            assertThat(waiting).hasSize(2);
            assertThat(readyBefore).isEqualTo(503);
            assertThat(alive).isEqualTo(200);
            assertThat(answer.body()).isInstanceOf(ReadEvent.Succeeded.class);
            assertThat(worker.page("/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void missingTopicEndsTheWorkerWithOneSentence()
            throws ExecutionException, InterruptedException {
        // Given
        try (var bench = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, "default")) {

            // When
            WorkerUnderTest worker = bench.start(dir, "topics.events=not-there");

            // Then
            assertThat(worker.exitCode()).isEqualTo(78);
            assertThat(worker.log(WorkerStartIT::isNotAboutHttp))
                    .containsExactly("podwire: no such topic: not-there: run podwire topics apply");
        }
    }

    @Test
    void differentPartitionCountsEndTheWorkerWithOneSentence()
            throws ExecutionException, InterruptedException {
        // Given
        try (var bench = new WorkerBench(SharedKafka.bootstrapServers(), kubeconfig, "default")) {
            String more = bench.group() + "-more";
            new Topics(SharedKafka.bootstrapServers()).create(more, WorkerBench.PARTITIONS + 1);

            // When
            WorkerUnderTest worker = bench.start(dir, "topics.states=" + more);

            // Then
            assertThat(worker.exitCode()).isEqualTo(78);
            assertThat(worker.log(WorkerStartIT::isNotAboutHttp))
                    .singleElement()
                    .asString()
                    .startsWith("podwire: commands, events and states must have equally many")
                    .contains(more + "=4");
        }
    }

    @Test
    void transactionsOfAnOlderVersionEndTheWorkerWithOneSentence()
            throws ExecutionException, InterruptedException {
        // Given
        try (var broker = KafkaProcess.start(dir);
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                var bench = new WorkerBench(broker.bootstrapServers(), kubeconfig, "default")) {
            var older = new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
            admin.updateFeatures(Map.of("transaction.version", older), new UpdateFeaturesOptions())
                    .all()
                    .get();

            // When
            WorkerUnderTest worker = bench.start(dir);

            // Then
            assertThat(worker.exitCode()).isEqualTo(78);
            assertThat(worker.log(WorkerStartIT::isNotAboutHttp))
                    .singleElement()
                    .asString()
                    .startsWith("podwire: the brokers' transaction.version is 1 and must be 2");
        }
    }

    private static boolean isNotAboutHttp(String line) {
        return !line.contains("serves health and metrics");
    }
}
