package io.podwire.pipeline;

import io.podwire.ledger.Ledger;
import io.podwire.ledger.LedgerSettings;
import io.podwire.ledger.Step;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Event;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.StateGist;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A partition in memory: folds with the real ledger, and commits at once or when the test lets it.
///
/// Thread-safe. What is committed is kept as facts and as the events that came of them.
final class MemoryPartition implements Partition {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Ledger ledger =
            new Ledger(new LedgerSettings(Duration.ofHours(24), 1 << 19, 16, 8));
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int number;
    private final Map<String, PodState> states = new HashMap<>();
    private final CommandIds ids = new CommandIds();
    private final List<Fact> arrived = new ArrayList<>();
    private final List<Fact> committed = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Duration> times = new ArrayList<>();
    private Consumer<PodState> whenCommitted = _ -> {};
    private long next;
    private boolean holding;
    private boolean draining;
    private boolean lost;
    private int waiters;

    MemoryPartition(int number) {
        this.number = number;
    }

    /// What its next owner finds: the same committed states, and nothing else.
    MemoryPartition reopened() {
        MemoryPartition successor = new MemoryPartition(number);
        for (PodState state : states()) {
            successor.states.put(state.key(), state);
            successor.ids.committed(Optional.empty(), state);
        }
        return successor;
    }

    void whenCommitted(Consumer<PodState> told) {
        whenCommitted = told;
    }

    /// From now on nothing is committed, until [#release].
    void hold() {
        change(() -> holding = true);
    }

    void release() {
        change(() -> holding = false);
    }

    /// It is being given up: what is under way may still be committed.
    void drain() {
        change(() -> draining = true);
    }

    void lose() {
        change(() -> lost = true);
    }

    private void change(Runnable action) {
        lock.lock();
        try {
            action.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean held() {
        return read(() -> !lost && !draining);
    }

    @Override
    public boolean certain() {
        return held();
    }

    @Override
    public PodState state(PodRef pod) {
        return read(() -> states.getOrDefault(pod.key(), PodState.of(pod)));
    }

    @Override
    public Optional<RecordRef> takeId(Origin origin) {
        return origin.pod().flatMap(pod -> ids.take(origin, state(pod)));
    }

    @Override
    public Stream<PodState> states(Predicate<StateGist> wanted) {
        return states().stream().filter(state -> wanted.test(StateGist.of(state)));
    }

    Collection<PodState> states() {
        return read(() -> List.copyOf(states.values()));
    }

    /// As if every record before it were settled.
    void committedTo(long offset) {
        change(() -> next = offset);
    }

    @Override
    public long committed() {
        return read(() -> next);
    }

    @Override
    public PodState reserved() {
        PodState fresh = PodState.reserved(number);
        return read(() -> states.getOrDefault(fresh.key(), fresh));
    }

    @Override
    public void settle(PodState under, Delivery delivery, Fact.OfCommand fact, Duration taken)
            throws InterruptedException {
        commit(
                under,
                fact,
                () -> {
                    deliveries.add(delivery);
                    keys.add(under.key());
                    times.add(taken);
                });
    }

    @Override
    public void tell(PodRef pod, Fact.OfPod fact) throws InterruptedException {
        commit(pod, fact);
    }

    @Override
    public void commit(PodRef pod, Fact.OfPod fact) throws InterruptedException {
        commit(PodState.of(pod), fact, () -> {});
    }

    private void commit(PodState fresh, Fact fact, Runnable also) throws InterruptedException {
        boolean news;
        PodState after;
        lock.lockInterruptibly();
        try {
            arrived.add(fact);
            changed.signalAll();
            while (holding && !lost) {
                changed.await();
            }
            requireOurs();
            PodState before = states.getOrDefault(fresh.key(), fresh);
            Step step = ledger.apply(before, fact);
            after = step.next();
            news = !after.equals(before);
            ids.committed(Optional.ofNullable(states.put(after.key(), after)), after);
            if (after.blank()) {
                states.remove(after.key());
            }
            events.addAll(step.events());
            committed.add(fact);
            also.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (news) {
            whenCommitted.accept(after);
        }
    }

    @Override
    public PodState awaitState(PodRef pod, Predicate<PodState> wanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiters++;
            changed.signalAll();
            while (!lost && !wanted.test(states.getOrDefault(pod.key(), PodState.of(pod)))) {
                changed.await();
            }
            requireOurs();
            return states.getOrDefault(pod.key(), PodState.of(pod));
        } finally {
            waiters--;
            lock.unlock();
        }
    }

    private void requireOurs() {
        if (lost) {
            throw new PartitionLost(number);
        }
    }

    List<Event> events() {
        return read(() -> List.copyOf(events));
    }

    List<Event> eventsOf(String command) {
        return events().stream()
                .filter(e -> e.head().cause().filter(c -> c.id().equals(command)).isPresent())
                .toList();
    }

    List<Fact> facts() {
        return read(() -> List.copyOf(committed));
    }

    List<Fact> arrived() {
        return read(() -> List.copyOf(arrived));
    }

    /// The records settled, in order.
    List<Delivery> settled() {
        return read(() -> List.copyOf(deliveries));
    }

    /// How long carrying out each of them took, in the same order.
    List<Duration> taken() {
        return read(() -> List.copyOf(times));
    }

    /// The keys that the records were settled under, in the same order.
    List<String> settledUnder() {
        return read(() -> List.copyOf(keys));
    }

    void awaitArrivals(int count) throws InterruptedException {
        until(partition -> partition.arrived.size() >= count);
    }

    void awaitSettled(int count) throws InterruptedException {
        until(partition -> partition.deliveries.size() >= count);
    }

    void awaitCommit(Class<? extends Fact> kind) throws InterruptedException {
        until(partition -> partition.committed.stream().anyMatch(kind::isInstance));
    }

    /// Until a lane waits for a state.
    void awaitWaiter() throws InterruptedException {
        until(partition -> partition.waiters > 0);
    }

    private void until(Predicate<MemoryPartition> condition) throws InterruptedException {
        long left = PATIENCE.toNanos();
        lock.lockInterruptibly();
        try {
            while (!condition.test(this)) {
                if (left <= 0) {
                    throw new AssertionError("it did not happen; committed: " + committed);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T read(Reading<T> reading) {
        lock.lock();
        try {
            return reading.value();
        } finally {
            lock.unlock();
        }
    }

    private interface Reading<T> {
        T value();
    }
}
