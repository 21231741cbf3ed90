package io.podwire.simulation;

import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.CommandRef;

import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Watches a run for promises broken at the moment they are. Confined to the scheduler's thread.
final class Promises {
    private final EventDecoder decoder = new EventDecoder();
    private final List<Violation> broken = new ArrayList<>();
    private final Map<Integer, Set<Long>> settled = new HashMap<>();
    private final Map<Integer, Set<Long>> answered = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private final Consumer<Supplier<String>> story;
    private int holes;
    private int belated;

    Promises(Consumer<Supplier<String>> story) {
        this.story = story;
    }

    /// An event that is committed, and whose.
    record Told(ReadEvent event, Host by) {}

    /// In the order of the commits.
    List<Told> told() {
        return told;
    }

    void broken(Promise promise, String sentence) {
        broken.add(new Violation(promise.name(), sentence));
    }

    void broken(Violation violation) {
        broken.add(violation);
    }

    List<Violation> broken() {
        return broken;
    }

    /// A command has made a pod; perhaps not its first.
    ///
    /// @param ours whether the group has given the partition to nobody else meanwhile
    void created(CommandRef command, List<SimulatedPod> all, boolean ours) {
        if (all.size() < 2) {
            return;
        }
        SimulatedPod before = all.get(all.size() - 2);
        if (before.touched()) {
            holes++; // others deleted it: the documented hole
        } else if (!ours) {
            belated++; // nobody could tell its worker before; the sweep has to find it
        } else {
            broken(
                    Promise.TWO_PODS,
                    "%s made %s by %s after %s by %s"
                            .formatted(
                                    command.id(),
                                    all.getLast().uid(),
                                    all.getLast().creator().name(),
                                    before.uid(),
                                    before.creator().name()));
        }
    }

    /// A transaction is committed.
    void committed(Host by, Transaction transaction, Broker broker) {
        for (TopicPartition at : transaction.partitions()) {
            Optional<Host> owner = broker.claim(at.partition());
            boolean ofPods = at.topic().equals(Script.EVENTS) || at.topic().equals(Script.STATES);
            if (ofPods && owner.filter(it -> !it.equals(by)).isPresent()) {
                broken(
                        Promise.PUBLISHED_AFTER_LOSS,
                        "%s published in partition %d of %s"
                                .formatted(by.name(), at.partition(), owner.get().name()));
            }
        }
        transaction.sent().stream()
                .filter(each -> each.at().topic().equals(Script.EVENTS))
                .forEach(
                        each ->
                                each.value()
                                        .flatMap(decoder::decode)
                                        .ifPresent(event -> told(event, by)));
        transaction
                .offsets()
                .forEach((partition, offset) -> passed(partition, offset.offset(), broker));
    }

    private void told(ReadEvent event, Host by) {
        told.add(new Told(event, by));
        story.accept(() -> "  " + by.name() + " told " + summary(event));
        event.in()
                .ifPresent(
                        in -> {
                            boolean settles =
                                    event.terminal() || event.body() instanceof ReadEvent.Accepted;
                            if (settles) {
                                of(settled, in.partition()).add(in.offset());
                            }
                            if (event.terminal()) {
                                of(answered, in.partition()).add(in.offset());
                            }
                        });
    }

    private static String summary(ReadEvent event) {
        return "%s %s %s@%s %s"
                .formatted(
                        event.type().replace("io.podwire.", ""),
                        event.cause().map(CommandRef::id).orElse(""),
                        event.in().map(in -> Integer.toString(in.partition())).orElse(""),
                        event.in().map(in -> Long.toString(in.offset())).orElse(""),
                        event.body());
    }

    private static Set<Long> of(Map<Integer, Set<Long>> offsets, int partition) {
        return offsets.computeIfAbsent(partition, _ -> new HashSet<>());
    }

    private void passed(int partition, long offset, Broker broker) {
        for (LogRecord each : broker.committed(Script.COMMANDS, partition)) {
            if (each.offset() < offset && !of(settled, partition).contains(each.offset())) {
                broken(
                        Promise.OFFSET_PASSED,
                        "offset %d of partition %d passes %d"
                                .formatted(offset, partition, each.offset()));
                return;
            }
        }
    }

    boolean answered(int partition, long offset) {
        return of(answered, partition).contains(offset);
    }

    /// Second pods of a command whose first one others had deleted.
    int holes() {
        return holes;
    }

    /// Second pods of a command by a worker that did not know yet that it had been given up.
    int belated() {
        return belated;
    }
}
