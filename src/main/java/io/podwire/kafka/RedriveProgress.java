package io.podwire.kafka;

import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a redrive's group remembers: which letters have been redriven. Confined to one thread.
final class RedriveProgress {
    private final Map<TopicPartition, RedrivenLetters> partitions = new HashMap<>();

    /// Of each partition, up to where letters were looked at one after another.
    private final Map<TopicPartition, Long> looked = new HashMap<>();

    private RedriveProgress() {}

    /// Waits for the end of an open transaction.
    ///
    /// @param consumer of the group
    /// @param horizon what was redriven before may be forgotten: older letters of a partition of which nothing is
    ///     remembered are taken for redriven
    static RedriveProgress of(Consumer<?, ?> consumer, String topic, Instant horizon) {
        RedriveProgress progress = new RedriveProgress();
        List<TopicPartition> all = TopicPositions.partitions(consumer, topic);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(all));
        Map<TopicPartition, Long> certain =
                TopicPositions.since(horizon, consumer, consumer.endOffsets(all));
        consumer.beginningOffsets(all)
                .forEach(
                        (at, first) -> {
                            long from = Math.max(first, certain.getOrDefault(at, first));
                            RedrivenLetters letters =
                                    Optional.ofNullable(committed.get(at))
                                            .map(RedrivenLetters::of)
                                            .orElseGet(() -> RedrivenLetters.none(from));
                            letters.addAll(0, first); // they are deleted
                            progress.partitions.put(at, letters);
                        });
        return progress;
    }

    /// Looks at letters from there on: what is between two of them is none.
    void look(RecordRef letter) {
        TopicPartition at = at(letter);
        Optional.ofNullable(looked.put(at, letter.offset() + 1))
                .ifPresent(from -> letters(at).addAll(from, letter.offset()));
    }

    boolean redriven(RecordRef letter) {
        return letters(at(letter)).contains(letter.offset());
    }

    /// What is to be committed together with the records of these letters. Empty where it is too much to be kept.
    Optional<Map<TopicPartition, OffsetAndMetadata>> with(Collection<RecordRef> sent) {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
        for (TopicPartition at : sent.stream().map(RedriveProgress::at).distinct().toList()) {
            RedrivenLetters next = letters(at).copy();
            sent.stream()
                    .filter(letter -> at(letter).equals(at))
                    .forEach(letter -> next.add(letter.offset()));
            Optional<OffsetAndMetadata> kept = next.committable();
            if (kept.isEmpty()) {
                return Optional.empty();
            }
            all.put(at, kept.get());
        }
        return Optional.of(all);
    }

    void committed(Collection<RecordRef> sent) {
        sent.forEach(letter -> letters(at(letter)).add(letter.offset()));
    }

    private RedrivenLetters letters(TopicPartition at) {
        return partitions.computeIfAbsent(at, _ -> RedrivenLetters.none(0));
    }

    private static TopicPartition at(RecordRef letter) {
        return new TopicPartition(letter.topic(), letter.partition());
    }
}
