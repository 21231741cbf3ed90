package io.podwire.kafka;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.podwire.pipeline.PartitionLife;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Takes records in: owns the consumer, pause and resume.
///
/// [#run] is the intake's thread, on which every call to the consumer is made; [#stop] may come from any. It
/// never waits for Kubernetes: a partition is paused until it is restored and watched, and again while too
/// much of it is in hand.
public final class Intake {
    private static final Duration POLL = Duration.ofMillis(50);

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final GroupMember member;
    private final Consumer<byte[], byte[]> consumer;
    private final Assignment assignment;
    private final PartitionLife life;
    private final RecordProbe probe;
    private final IntakeSettings settings;
    private volatile boolean stopping;

    /// By the clock of [System#nanoTime]; written by the intake's thread alone.
    private volatile long polledNanos = System.nanoTime();

    /// @param member closed by the caller, after [#run] has returned
    /// @param assignment of the same member
    public Intake(
            GroupMember member,
            Assignment assignment,
            PartitionLife life,
            RecordProbe probe,
            IntakeSettings settings) {
        this.member = Objects.requireNonNull(member, "member");
        this.consumer = member.consumer();
        this.assignment = Objects.requireNonNull(assignment, "assignment");
        this.life = Objects.requireNonNull(life, "life");
        this.probe = Objects.requireNonNull(probe, "probe");
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /// Polls until [#stop], then gives all partitions up.
    ///
    /// @throws TopicLayout.Flawed where the brokers do not let us
    public void run() {
        try {
            pollUntilStopped();
        } catch (AuthorizationException e) {
            throw TopicLayout.Flawed.denied(e);
        }
    }

    private void pollUntilStopped() {
        consumer.subscribe(List.of(settings.topic()), assignment);
        while (!stopping) {
            takeNext();
            polledNanos = System.nanoTime();
            member.polled();
            assignment.progress();
            pauseAndResume();
        }
        assignment.giveUp();
    }

    private void takeNext() {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(POLL);
        } catch (OutOfMemoryError | KafkaException e) {
            if (!RecordProbe.blamesARecord(e) || !skipUnreadable(e)) {
                throw e;
            }
            return;
        }
        records.forEach(this::take);
    }

    /// Takes what is before the record that broke the poll, answers that record, and goes on behind it.
    ///
    /// @return whether there is such a record
    private boolean skipUnreadable(Throwable failure) {
        boolean skipped = false;
        Set<TopicPartition> polled = new HashSet<>(consumer.assignment());
        polled.removeAll(consumer.paused());
        for (TopicPartition at : polled) {
            var found = probe.search(at, consumer.position(at), this::take);
            consumer.seek(at, found.next());
            if (found.unreadable().isPresent()) {
                long offset = found.unreadable().getAsLong();
                consumer.seek(at, offset + 1);
                RecordRef record = new RecordRef(at.topic(), at.partition(), offset);
                takeUnreadable(at, record, failure);
                skipped = true;
            }
        }
        return skipped;
    }

    private void takeUnreadable(TopicPartition at, RecordRef record, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("record", record)
                .addKeyValue("failure", failure.toString())
                .log("a record cannot be read; it is skipped");
        assignment
                .working(at)
                .ifPresent(
                        partition -> {
                            partition.window().add(record.offset(), 0);
                            life.deliverUnreadable(record, partition);
                        });
    }

    public void stop() {
        stopping = true;
    }

    /// How long the intake has been busy with something else than polling. From any thread.
    public Duration sinceLastPoll() {
        return Duration.ofNanos(System.nanoTime() - polledNanos);
    }

    /// Whether any broker is connected. From any thread.
    public boolean connected() {
        return ClientMetrics.find(consumer.metrics(), "connection-count")
                .filter(count -> ClientMetrics.number(count) > 0)
                .isPresent();
    }

    /// The consumer's own meters; closed by the caller.
    public KafkaClientMetrics clientMeters() {
        return new KafkaClientMetrics(consumer);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition at = new TopicPartition(record.topic(), record.partition());
        assignment
                .working(at)
                .ifPresent(
                        partition -> {
                            Delivery delivery = delivery(record);
                            partition
                                    .window()
                                    .add(record.offset(), delivery.bytes(), delivery.timestamp());
                            life.deliver(delivery, partition);
                        });
    }

    static Delivery delivery(ConsumerRecord<byte[], byte[]> record) {
        List<Delivery.Header> headers =
                Arrays.stream(record.headers().toArray())
                        .map(h -> new Delivery.Header(h.key(), Optional.ofNullable(h.value())))
                        .toList();
        return new Delivery(
                new RecordRef(record.topic(), record.partition(), record.offset()),
                Optional.ofNullable(record.key()),
                Optional.ofNullable(record.value()),
                headers,
                Instant.ofEpochMilli(record.timestamp()));
    }

    /// Paused at the bound, resumed at half of it. Derived from the windows alone, so that it cannot drift.
    private void pauseAndResume() {
        List<TopicPartition> full = new ArrayList<>();
        List<TopicPartition> low = new ArrayList<>();
        var paused = consumer.paused();
        assignment.forEachWorking(
                (at, partition) -> {
                    if (!paused.contains(at) && settings.full(partition.window())) {
                        full.add(at);
                    } else if (paused.contains(at) && settings.low(partition.window())) {
                        low.add(at);
                    }
                });
        consumer.pause(full);
        consumer.resume(low);
    }
}
