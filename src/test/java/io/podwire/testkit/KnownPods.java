package io.podwire.testkit;

import io.podwire.codec.StateCodec;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Event;
import io.podwire.protocol.Known;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Life;
import io.podwire.protocol.Origin;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/// A state topic of a worker that has seen many pods come and go. Confined to the test's thread.
public final class KnownPods {
    private final StateCodec codec = new StateCodec();
    private final String commands;
    private final int partitions;
    private final Instant end = Instant.now();
    private long bytes;

    /// @param commands the topic that the pods were created from
    /// @param partitions how many it has
    public KnownPods(String commands, int partitions) {
        this.commands = commands;
        this.partitions = partitions;
    }

    /// Writes so many, spread over the partitions.
    public void write(String bootstrapServers, String topic, int count) {
        Map<String, Object> settings =
                ProducerSettings.forNewTopics(
                        bootstrapServers,
                        Map.of(
                                "compression.type",
                                "lz4",
                                "linger.ms",
                                50,
                                "batch.size",
                                256 << 10));
        var serializer = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(settings, serializer, serializer)) {
            for (int number = 0; number < count; number++) {
                PodState state = state(number);
                byte[] key = state.key().getBytes(StandardCharsets.UTF_8);
                byte[] value = codec.encode(state);
                bytes += value.length;
                var _ = producer.send(new ProducerRecord<>(topic, partition(number), key, value));
            }
        }
    }

    /// Of all values that were written.
    public long bytes() {
        return bytes;
    }

    /// Where the pod of this number is.
    public int partition(int number) {
        return number % partitions;
    }

    /// The pod of this number.
    public static PodRef pod(int number) {
        return new PodRef("jobs", "train-%08d".formatted(number));
    }

    /// Its create.
    public static CommandRef command(int number) {
        return new CommandRef("/schedulers/nightly", "create-train-%08d".formatted(number));
    }

    /// No two are alike, as no two commands are.
    private static String digest(int number) {
        Random random = new Random(number);
        StringBuilder digits = new StringBuilder();
        for (int part = 0; part < 4; part++) {
            digits.append("%016x".formatted(random.nextLong()));
        }
        return digits.toString();
    }

    /// Of a pod that has succeeded and is gone since just now.
    private PodState state(int number) {
        PodRef pod = pod(number);
        CommandRef command = command(number);
        Origin origin =
                new Origin(
                        new RecordRef(commands, partition(number), 0),
                        Optional.of(pod.key()),
                        Optional.of(command),
                        Optional.of("io.podwire.pod.create.v1"),
                        Optional.of(pod),
                        Optional.of("nightly-2026-11-25"),
                        Optional.empty(),
                        Optional.of(digest(number)));
        String uid = new UUID(number, number * 0x9E3779B97F4A7C15L).toString();
        Life life =
                new Life(
                        uid,
                        origin,
                        4,
                        Optional.of(status(uid, number, command)),
                        Optional.of(PodLifecycle.SUCCEEDED),
                        Optional.of(end),
                        Optional.of(end));
        Known known =
                new Known(
                        origin.in(),
                        digest(number),
                        Optional.of(Event.Verdict.SUCCEEDED),
                        Known.Keep.STATE,
                        end);
        return new PodState(
                pod.key(),
                Optional.of(pod),
                PodState.NOTHING_SETTLED, // the topic of commands is empty: none is to pass for
                // settled
                Optional.of(life),
                KnownIds.of(Map.of(command, known)),
                List.of(),
                List.of());
    }

    private PodStatus status(String uid, int number, CommandRef command) {
        PodStatus.Container main =
                new PodStatus.Container(
                        "main",
                        PodStatus.ContainerKind.MAIN,
                        PodStatus.ContainerState.TERMINATED,
                        Optional.of("Completed"),
                        Optional.of(0),
                        Optional.empty(),
                        0,
                        false,
                        Optional.of(end.minusSeconds(90)),
                        Optional.of(end.minusSeconds(1)));
        Owner owner =
                new Owner("podwire", partition(number), command, digest(number), Optional.empty());
        return new PodStatus(
                uid,
                1_000_000 + number,
                Optional.of(owner),
                PodLifecycle.DELETED,
                "Completed",
                "Succeeded",
                Optional.of("Completed"),
                Optional.empty(),
                false,
                List.of(main),
                Optional.of("gpu-node-" + number % 40),
                Optional.of("10.0." + number % 200 + "." + number % 250),
                1,
                Optional.of(end.minusSeconds(1)));
    }
}
