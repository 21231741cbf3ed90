package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.testkit.KnownPods;
import io.podwire.testkit.WorkerUnderTest;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// What a worker needs to take over the memory of many pods.
@Timeout(value = 1, unit = TimeUnit.HOURS)
class RestoreIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int PODS = FaultForm.pick(20_000, 1_000_000);

    private static final List<String> AS_IN_PRODUCTION =
            List.of("-Xmx2g", "-XX:-UseSerialGC", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=4");

    /// Counting the heap stops the worker for seconds.
    private static final String SESSION = "kafka.consumer.session.timeout.ms=300000";

    private final FaultWorld world = FaultWorld.healthy();

    @Test
    void statesOfManyPodsAreRestoredIntoBoundedMemory()
            throws ExecutionException, InterruptedException {
        try (var run =
                        FaultRun.begin(
                                "restore",
                                "a worker starts with %,d known pods".formatted(PODS),
                                FaultWorld.CLUSTER);
                var empty = world.bench();
                var bench = world.bench()) {
            // Given
            long bare = started(empty).liveHeapBytes();
            KnownPods known = new KnownPods(bench.commands(), WorkerBench.PARTITIONS);
            known.write(world.broker().bootstrapServers(), bench.states(), PODS);

            // When
            WorkerUnderTest worker = started(bench);

            // Then
            long each = (worker.liveHeapBytes() - bare) / PODS;
            run.note(
                    "%s s from started to taking commands; %d bytes of heap a pod, its id among them, of %d bytes in the topic"
                            .formatted(seconds(worker), each, known.bytes() / PODS));
            assertThat(each).as("bytes of heap a known pod").isLessThan(1_536);
            assertThat(answer(bench, known, PODS - 1).body())
                    .as("the answer to an id that the states know")
                    .isInstanceOf(ReadEvent.Rejected.class);
            run.judgedByTheTestItself(1);
        }
    }

    private WorkerUnderTest started(WorkerBench bench) throws InterruptedException {
        WorkerUnderTest worker =
                bench.start(
                        world.newDir("restore"),
                        AS_IN_PRODUCTION,
                        "policy.namespaces=jobs",
                        SESSION);
        worker.awaitLog(WorkerBench.PARTITIONS, PATIENCE, RestoreIT::takesCommands);
        return worker;
    }

    private static boolean takesCommands(String line) {
        return line.contains("takes commands");
    }

    /// By the times that the worker's log begins its lines with.
    private static String seconds(WorkerUnderTest worker) {
        LocalTime began = time(worker.log(line -> line.contains(" started ")).getFirst());
        LocalTime ended = time(worker.log(RestoreIT::takesCommands).getLast());
        return "%.1f".formatted(Duration.between(began, ended).toMillis() / 1000.0);
    }

    private static LocalTime time(String line) {
        return LocalTime.parse(line.substring(0, line.indexOf(' ')));
    }

    /// The id of the pod's create, with other content.
    private static ReadEvent answer(WorkerBench bench, KnownPods known, int number)
            throws InterruptedException {
        String value =
                WorkerBench.envelope(
                                KnownPods.command(number).id(),
                                "pod.get",
                                "{\"namespace\":\"jobs\",\"name\":\"%s\"}"
                                        .formatted(KnownPods.pod(number).name()))
                        .replace("\"/it\"", '"' + KnownPods.command(number).source() + '"');
        var record =
                bench.sendAside(
                        new ProducerRecord<>(
                                bench.commands(),
                                known.partition(number),
                                KnownPods.pod(number).key().getBytes(StandardCharsets.UTF_8),
                                value.getBytes(StandardCharsets.UTF_8)));
        return bench.answerTo(record);
    }
}
