package io.podwire.simulation;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The member of the group that takes commands in: classic protocol, cooperative, read_committed.
///
/// Confined to the intake's thread, but for its heartbeats.
public final class SimulatedConsumer {
    static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final MetricName HEARTBEATS =
            new MetricName("heartbeat-total", "consumer-coordinator-metrics", "", Map.of());
    private static final Duration API = Duration.ofSeconds(60);

    /// An idle poll may take longer than asked for; a loaded machine's does.
    private static final int OVERSLEEPS = 8;

    private static final int MOST_RECORDS = 20;

    private final KafkaLine line;
    private final Set<TopicPartition> assigned = ordered();
    private final Set<TopicPartition> paused = ordered();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private Optional<ConsumerRebalanceListener> listener = Optional.empty();
    private String topic = "";
    private Optional<String> member = Optional.empty();
    private int generation = -1;
    private boolean closed;
    private double heartbeats;

    SimulatedConsumer(KafkaLine line) {
        this.line = line;
    }

    private static Set<TopicPartition> ordered() {
        return new TreeSet<>(Comparator.comparing(TopicPartition::toString));
    }

    @SuppressWarnings("unchecked")
    Consumer<byte[], byte[]> asConsumer() {
        return ByName.of(Consumer.class, this);
    }

    public void subscribe(Collection<String> topics, ConsumerRebalanceListener told) {
        topic = topics.iterator().next();
        listener = Optional.of(told);
    }

    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        line.pause(line.scheduler().between(Duration.ofNanos(1_000), Duration.ofMillis(2)));
        if (!line.host().isCut(Host.Line.BROKER)) {
            coordinate();
        }
        ConsumerRecords<byte[], byte[]> records = fetch();
        if (records.isEmpty()) {
            line.pause(line.scheduler().between(timeout, timeout.multipliedBy(OVERSLEEPS)));
            return fetch();
        }
        return records;
    }

    private void coordinate() {
        if (member.isEmpty()) {
            member = Optional.of(group().join(line.host()));
            generation = -1;
            beat();
        }
        switch (group().sync(member.get(), generation, numbers())) {
            case Group.Word.Nothing _ -> {}
            case Group.Word.Unknown _ -> lost();
            case Group.Word.Assigned(int next, Set<Integer> numbers) -> assign(next, numbers);
        }
    }

    private void lost() {
        member = Optional.empty();
        List<TopicPartition> lost = List.copyOf(assigned);
        if (!lost.isEmpty()) {
            line.chaos().tell(() -> line.host().name() + " has lost " + lost);
            told().onPartitionsLost(lost);
        }
        forget(lost);
    }

    /// In the order of the real client: what is given up first, then what is new.
    private void assign(int next, Set<Integer> numbers) {
        generation = next;
        List<TopicPartition> revoked =
                assigned.stream().filter(at -> !numbers.contains(at.partition())).toList();
        if (!revoked.isEmpty()) {
            told().onPartitionsRevoked(revoked);
            forget(revoked);
            group().rebalance();
        }
        List<TopicPartition> added = new ArrayList<>();
        for (int number : numbers) {
            TopicPartition at = new TopicPartition(topic, number);
            if (assigned.add(at)) {
                added.add(at);
            }
        }
        line.chaos()
                .tell(
                        () ->
                                "%s is in generation %d: revoked %s, assigned %s"
                                        .formatted(line.host().name(), next, revoked, added));
        told().onPartitionsAssigned(added);
    }

    private void forget(Collection<TopicPartition> gone) {
        gone.forEach(
                at -> {
                    assigned.remove(at);
                    paused.remove(at);
                    positions.remove(at);
                });
    }

    private Set<Integer> numbers() {
        return assigned.stream().map(TopicPartition::partition).collect(Collectors.toSet());
    }

    private ConsumerRebalanceListener told() {
        return listener.orElseThrow();
    }

    private void beat() {
        Optional<String> mine = member;
        var _ =
                line.scheduler()
                        .after(
                                HEARTBEAT,
                                () -> {
                                    if (closed || line.host().dead() || !mine.equals(member)) {
                                        return;
                                    }
                                    if (!line.host().frozen()
                                            && !line.host().isCut(Host.Line.BROKER)) {
                                        group().heard(mine.orElseThrow());
                                        heartbeats++;
                                    }
                                    beat();
                                });
    }

    private Group group() {
        return line.broker().group();
    }

    private ConsumerRecords<byte[], byte[]> fetch() {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all = new TreeMap<>(order());
        if (!line.host().isCut(Host.Line.BROKER)) {
            for (TopicPartition at : assigned) {
                if (!paused.contains(at)) {
                    fetch(at, all);
                }
            }
        }
        return new ConsumerRecords<>(all, Map.of());
    }

    private static Comparator<TopicPartition> order() {
        return Comparator.comparing(TopicPartition::toString);
    }

    private void fetch(
            TopicPartition at, Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> all) {
        long from = position(at);
        int most = 1 + line.scheduler().below(MOST_RECORDS);
        List<LogRecord> found = line.broker().log(at).committed(from, most);
        if (!found.isEmpty()) {
            all.put(at, found.stream().map(LogRecord::consumed).toList());
            positions.put(at, found.getLast().offset() + 1);
        }
    }

    public Set<TopicPartition> assignment() {
        return new HashSet<>(assigned);
    }

    public Set<TopicPartition> paused() {
        return new HashSet<>(paused);
    }

    public void pause(Collection<TopicPartition> partitions) {
        paused.addAll(partitions);
    }

    public void resume(Collection<TopicPartition> partitions) {
        paused.removeAll(partitions);
    }

    public void seek(TopicPartition at, long offset) {
        positions.put(at, offset);
    }

    /// What the broker knows; the real one tells it with the records.
    public OptionalLong currentLag(TopicPartition at) {
        return Optional.ofNullable(positions.get(at))
                .map(next -> OptionalLong.of(line.broker().log(at).end() - next))
                .orElseGet(OptionalLong::empty);
    }

    public long position(TopicPartition at) {
        Long known = positions.get(at);
        if (known == null) {
            known =
                    Optional.ofNullable(committed(Set.of(at)).get(at))
                            .map(OffsetAndMetadata::offset)
                            .orElse(0L);
            positions.put(at, known);
        }
        return known;
    }

    /// Waits for transactions that hold one of them open.
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
        for (TopicPartition at : partitions) {
            line.askUntil(API, () -> claimed(at)).ifPresent(offset -> all.put(at, offset));
        }
        return all;
    }

    private Optional<Optional<OffsetAndMetadata>> claimed(TopicPartition at) {
        Optional<Optional<OffsetAndMetadata>> stable = line.broker().stableOffset(at.partition());
        if (stable.isPresent() && group().gave(at.partition(), member.orElse(""))) {
            line.broker().claim(at.partition(), line.host());
        }
        return stable;
    }

    @SuppressWarnings("removal") // nothing else makes one
    public ConsumerGroupMetadata groupMetadata() {
        return new ConsumerGroupMetadata(
                Broker.GROUP, generation, member.orElse(""), Optional.empty());
    }

    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return partitions.stream().collect(Collectors.toMap(at -> at, _ -> 0L));
    }

    /// The one that the worker looks at: how many heartbeats were answered, errors among them.
    public Map<MetricName, Metric> metrics() {
        return Map.of(
                HEARTBEATS,
                new Metric() {
                    @Override
                    public MetricName metricName() {
                        return HEARTBEATS;
                    }

                    @Override
                    public Object metricValue() {
                        return heartbeats;
                    }
                });
    }

    /// Whether the client itself knows the partition as its own.
    boolean has(int partition) {
        return numbers().contains(partition);
    }

    public void close() {
        closed = true;
        member.ifPresent(group()::leave);
    }
}
