package io.podwire.simulation;

import io.podwire.protocol.Delivery;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The transaction coordinator: epochs, time-outs, and markers that arrive one by one.
///
/// Confined to the scheduler's thread. Where a call meets a transaction that is still ending, its answer is empty and
/// the client asks again.
final class Coordinator {
    private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(10);
    private static final Duration LONGEST_MARKER = Duration.ofMillis(30);

    private final Scheduler scheduler;
    private final Faults faults;
    private final Broker broker;
    private final Map<String, Transaction> byId = new TreeMap<>();
    private BiConsumer<Host, Transaction> whenCommitted = (_, _) -> {};
    private long producers;

    Coordinator(Scheduler scheduler, Faults faults, Broker broker) {
        this.scheduler = scheduler;
        this.faults = faults;
        this.broker = broker;
    }

    /// Told as a commit is decided.
    void whenCommitted(BiConsumer<Host, Transaction> told) {
        whenCommitted = told;
    }

    /// A producer as the coordinator knows it.
    record Session(String id, long producer, int epoch) {}

    /// One record to append.
    record Sent(
            TopicPartition at,
            Optional<byte[]> key,
            Optional<byte[]> value,
            List<Delivery.Header> headers) {}

    /// Fences whoever had the id, and ends what it left open.
    Optional<Session> open(String id, Host host) {
        Transaction ours =
                byId.computeIfAbsent(id, _ -> new Transaction(scheduler, broker, producers++));
        if (ours.ongoing()) {
            end(ours, false);
        }
        if (ours.ending()) {
            return Optional.empty();
        }
        return Optional.of(new Session(id, ours.producer(), ours.reopen(host)));
    }

    /// Appends to the transaction with that number, which begins with it.
    Optional<List<Long>> append(Session session, long number, List<Sent> records) {
        Transaction ours = current(session);
        if (ours.ending()) {
            return Optional.empty();
        }
        begin(ours, number);
        return Optional.of(records.stream().map(ours::append).toList());
    }

    private void begin(Transaction ours, long number) {
        if (number <= ours.lastEnded()) {
            throw new InvalidProducerEpochException("the transaction has ended");
        }
        if (!ours.ongoing()) {
            ours.begin(number, scheduler.after(LONGEST_TRANSACTION, () -> expire(ours, number)));
        }
    }

    private void expire(Transaction ours, long number) {
        if (ours.ongoing() && ours.number() == number) {
            ours.fence();
            end(ours, false);
        }
    }

    /// Puts offsets into the transaction, for a member of the group's present generation only.
    Optional<Boolean> offsets(
            Session session,
            long number,
            Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata member) {
        Transaction ours = current(session);
        if (ours.ending()) {
            return Optional.empty();
        }
        begin(ours, number);
        if (!broker.group().accepts(member.memberId(), member.generationId())) {
            throw new CommitFailedException("the generation is another: " + member);
        }
        offsets.forEach((at, offset) -> ours.pend(at.partition(), offset));
        return Optional.of(true);
    }

    private Transaction current(Session session) {
        Transaction ours = byId.get(session.id());
        if (ours == null || ours.epoch() != session.epoch()) {
            throw new InvalidProducerEpochException("there is a newer epoch of " + session.id());
        }
        return ours;
    }

    /// Ends a transaction; asked again, it answers again.
    Optional<Boolean> end(Session session, long number, boolean commit) {
        Transaction ours = byId.get(session.id());
        if (ours == null || ours.epoch() != session.epoch()) {
            throw new ProducerFencedException("there is a newer epoch of " + session.id());
        }
        if (number > ours.lastEnded() && ours.ongoing()) {
            if (commit) {
                whenCommitted.accept(ours.host(), ours);
            }
            end(ours, commit);
        } else if (number > ours.lastEnded()) {
            // Nothing of it has arrived, and nothing may any more: the next epoch begins (KIP-890).
            ours.endEmpty(number, commit);
        } else if (number == ours.lastEnded() && commit != ours.lastCommitted()) {
            throw new ProducerFencedException("the transaction has ended otherwise");
        }
        return Optional.of(true);
    }

    private void end(Transaction ours, boolean commit) {
        ours.end(commit);
        for (TopicPartition at : ours.partitions()) {
            boolean lost = !commit && faults.at(Fault.Site.MARKER).isPresent();
            var _ = scheduler.after(marker(), () -> ours.mark(at, commit, lost));
        }
        var _ = scheduler.after(marker(), () -> ours.settleOffsets(commit));
    }

    private Duration marker() {
        return scheduler.between(Duration.ZERO, LONGEST_MARKER);
    }

    /// What an operator does about transactions that hang for lack of a marker.
    void endHanging() {
        byId.values().stream()
                .filter(each -> !each.ongoing() && !each.ending())
                .forEach(each -> broker.abortWhatHangs(each.producer()));
    }

    /// Whether a transaction holds an offset of the partition that is not decided yet.
    boolean pending(int partition) {
        return byId.values().stream().anyMatch(each -> each.pends(partition));
    }

    /// What is open of the producer although all its transactions have ended; empty while one has not.
    Optional<Map<TopicPartition, Long>> remnants(String id, Collection<TopicPartition> partitions) {
        Transaction ours = byId.get(id);
        if (ours == null) {
            return Optional.of(Map.of());
        }
        if (ours.ongoing() || ours.ending()) {
            return Optional.empty();
        }
        Map<TopicPartition, Long> open = new HashMap<>();
        for (TopicPartition at : partitions) {
            broker.log(at).openSince(ours.producer()).ifPresent(first -> open.put(at, first));
        }
        return Optional.of(open);
    }
}
