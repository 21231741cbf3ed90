package io.podwire.kafka;

import static java.util.Comparator.naturalOrder;

import io.podwire.pipeline.PartitionLife;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Which partitions are ours, and how far each is on its way from assigned to working.
///
/// Confined to the intake's thread; what takes time runs on `opener` and comes back as a task. Assigned →
/// located → restored → facts accepted → watched → working; lost or revoked at any point.
public final class Assignment implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final GroupMember member;
    private final Consumer<byte[], byte[]> consumer;
    private final Publisher publisher;
    private final StateRestore restore;
    private final PartitionLife life;
    private final Executor opener;

    /// Restored partitions, whose facts are accepted. Invariant: every one is assigned to the consumer.
    private final Map<TopicPartition, OwnedPartition> ours = new HashMap<>();

    /// Those of `ours` that are watched and whose records are taken.
    private final Set<TopicPartition> working = new HashSet<>();

    /// Partitions that are not restored yet, and the number of the assignment that brought each.
    private final Map<TopicPartition, Long> awaited = new HashMap<>();

    private long assignments;
    private final StartOffsets starts;

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /// As of the last poll; written by the intake's thread alone.
    private volatile Standing standing = new Standing(0, 0, 0, 0, Optional.empty());

    /// Those that work, for who asks from other threads; written by the intake's thread alone.
    private volatile List<OwnedPartition> atWork = List.of();

    /// @param opener one thread that may wait; closed by the caller
    public Assignment(
            GroupMember member,
            Publisher publisher,
            StateRestore restore,
            PartitionLife life,
            Executor opener) {
        this.member = Objects.requireNonNull(member, "member");
        this.consumer = member.consumer();
        this.starts = new StartOffsets(consumer);
        this.publisher = Objects.requireNonNull(publisher, "publisher");
        this.restore = Objects.requireNonNull(restore, "restore");
        this.life = Objects.requireNonNull(life, "life");
        this.opener = Objects.requireNonNull(opener, "opener");
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        member.joined();
        publisher.generation(consumer.groupMetadata());
        consumer.pause(partitions);
        Added added = new Added(++assignments, List.copyOf(partitions));
        added.partitions().forEach(at -> awaited.put(at, added.assignment()));
        if (!partitions.isEmpty()) {
            tasks.add(() -> locate(added));
        }
    }

    /// What one assignment brought.
    private record Added(long assignment, List<TopicPartition> partitions) {}

    /// Before the states are read. The brokers tell the offset only once no transaction holds it, and take none any
    /// more of a former owner: read first, the states could lack what it had begun to commit.
    private void locate(Added added) {
        added.partitions().stream().filter(at -> isAwaited(at, added)).forEach(starts::ask);
        opener.execute(() -> restore(added));
    }

    private boolean isAwaited(TopicPartition at, Added added) {
        return Optional.of(added.assignment()).equals(Optional.ofNullable(awaited.get(at)));
    }

    private void restore(Added added) {
        try {
            Map<Integer, Restored> restored = restore.restore(added.partitions());
            tasks.add(() -> accept(added, restored));
        } catch (TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("failure", e.getMessage())
                    .log("cannot read the states; trying again");
            opener.execute(() -> restore(added));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the worker ends
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /// A partition that is not opened would never be answered: the worker ends instead.
    private void failed(RuntimeException failure) {
        tasks.add(
                () -> {
                    throw failure;
                });
    }

    /// Does what other threads have finished. Called after each poll.
    void progress() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        atWork = working.stream().flatMap(at -> working(at).stream()).toList();
        standing =
                new Standing(
                        consumer.assignment().size(),
                        working.size(),
                        waiting(),
                        windows().mapToLong(OffsetWindow::unsettled).sum(),
                        windows().flatMap(each -> each.oldest().stream()).min(naturalOrder()));
    }

    private long waiting() {
        return working.stream().map(consumer::currentLag).flatMapToLong(OptionalLong::stream).sum();
    }

    private Stream<OffsetWindow> windows() {
        return atWork.stream().map(OwnedPartition::window);
    }

    /// How far the partitions are that the group gave us.
    ///
    /// @param working of how many of them commands are taken
    /// @param waiting records in these that are not taken in yet, as far as the brokers have told
    /// @param unsettled records that are taken in and neither answered nor accepted
    /// @param oldest when the oldest of those was written
    public record Standing(
            int assigned, int working, long waiting, long unsettled, Optional<Instant> oldest) {}

    /// From any thread.
    public Standing standing() {
        return standing;
    }

    /// The pods of the partitions that work, whichever these are when it is asked; from any thread.
    public HeldPods pods() {
        return new HeldPods(
                () ->
                        atWork.stream()
                                .filter(OwnedPartition::held)
                                .map(OwnedPartition::part)
                                .toList());
    }

    /// Partitions lost while they were restored are left out, also where they have come back: others may have
    /// worked on them.
    private void accept(Added added, Map<Integer, Restored> restored) {
        Map<TopicPartition, OwnedPartition> accepted = new HashMap<>();
        for (TopicPartition at : added.partitions()) {
            if (isAwaited(at, added)) {
                awaited.remove(at);
                accepted.put(at, open(at, Objects.requireNonNull(restored.get(at.partition()))));
            }
        }
        ours.putAll(accepted);
        opener.execute(() -> watch(accepted));
    }

    private OwnedPartition open(TopicPartition at, Restored restored) {
        StartOffsets.Start start = starts.seek(at, restored.standing());
        OwnedPartition opened =
                new OwnedPartition(
                        restored, new OffsetWindow(start.offset()), publisher, member, life);
        if (!start.committed()) {
            opened.offsetLost();
        }
        return opened;
    }

    private void watch(Map<TopicPartition, OwnedPartition> accepted) {
        try {
            life.watch(accepted.values());
            accepted.values().forEach(life::opened);
            tasks.add(() -> accepted.forEach(this::work));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the worker ends
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void work(TopicPartition at, OwnedPartition partition) {
        if (partition.equals(ours.get(at))) {
            working.add(at);
            consumer.resume(List.of(at));
            LOG.atInfo().addKeyValue("partition", at.partition()).log("takes commands");
        }
    }

    Optional<OwnedPartition> working(TopicPartition at) {
        return working.contains(at) ? Optional.ofNullable(ours.get(at)) : Optional.empty();
    }

    void forEachWorking(BiConsumer<TopicPartition, OwnedPartition> action) {
        working.forEach(at -> working(at).ifPresent(partition -> action.accept(at, partition)));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        // The classic protocol asks for them in the next generation already, and they are nobody
        // else's before the one
        // after it: commits of the generation before would be refused, and the drain wait in vain.
        publisher.generation(consumer.groupMetadata());
        List<OwnedPartition> revoked = remove(partitions);
        revoked.forEach(OwnedPartition::drain);
        try {
            life.closing(revoked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the worker ends: given up without waiting
        }
        publisher.lose(revoked);
        life.closed(revoked);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.atWarn()
                .addKeyValue(
                        "partitions", partitions.stream().map(TopicPartition::partition).toList())
                .log("lost partitions; another worker goes on with them");
        List<OwnedPartition> lost = remove(partitions);
        publisher.lose(lost);
        life.closed(lost);
    }

    void giveUp() {
        onPartitionsRevoked(List.copyOf(ours.keySet()));
    }

    private List<OwnedPartition> remove(Collection<TopicPartition> partitions) {
        List<OwnedPartition> removed = new ArrayList<>();
        for (TopicPartition at : partitions) {
            awaited.remove(at);
            starts.forget(at);
            working.remove(at);
            Optional.ofNullable(ours.remove(at)).ifPresent(removed::add);
        }
        return removed;
    }
}
