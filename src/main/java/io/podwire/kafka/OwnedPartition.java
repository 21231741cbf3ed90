package io.podwire.kafka;

import io.podwire.pipeline.CommandIds;
import io.podwire.pipeline.Partition;
import io.podwire.pipeline.PartitionLife;
import io.podwire.pipeline.PartitionLost;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.Standing;
import io.podwire.protocol.StateGist;
import io.podwire.protocol.Tenancy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One partition from its assignment to its loss; a later assignment is a new object.
///
/// Thread-safe. States change only by [#committed], which the publisher calls after each commit.
final class OwnedPartition implements Partition {
    private final int number;
    private final Publisher publisher;
    private final GroupMember member;
    private final OffsetWindow window;
    private final States states;
    private final CommandIds ids;
    private final Tenancy tenancy;
    private final PartitionLife life;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Phase phase = Phase.OPEN;

    /// What was committable in the newest committed transaction. Written by the publisher's thread alone.
    private volatile long committed;

    /// Whether the brokers know [#committed] as the group's offset.
    private volatile boolean offsetKnown = true;

    OwnedPartition(
            Restored restored,
            OffsetWindow window,
            Publisher publisher,
            GroupMember member,
            PartitionLife life) {
        this.number = restored.partition();
        this.member = member;
        this.life = life;
        this.publisher = publisher;
        this.window = window;
        this.tenancy = restored.tenancy();
        this.committed = window.committable();
        this.states = restored.states();
        this.ids = restored.ids();
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean held() {
        return phase == Phase.OPEN;
    }

    @Override
    public boolean certain() {
        return member.certain();
    }

    @Override
    public PodState state(PodRef pod) {
        return states.find(pod.key()).orElseGet(() -> PodState.of(pod));
    }

    @Override
    public Optional<RecordRef> takeId(Origin origin) {
        return origin.pod().flatMap(pod -> ids.take(origin, state(pod)));
    }

    @Override
    public PodState reserved() {
        PodState fresh = PodState.reserved(number);
        return states.find(fresh.key()).orElse(fresh);
    }

    @Override
    public void settle(PodState under, Delivery delivery, Fact.OfCommand fact, Duration taken)
            throws InterruptedException {
        publishAndWait(new Submission(this, under.key(), fact, delivery, taken));
    }

    @Override
    public void tell(PodRef pod, Fact.OfPod fact) throws InterruptedException {
        if (closed()) {
            throw new PartitionLost(number);
        }
        publisher.submit(new Submission(this, pod.key(), fact));
    }

    @Override
    public void commit(PodRef pod, Fact.OfPod fact) throws InterruptedException {
        publishAndWait(new Submission(this, pod.key(), fact));
    }

    private void publishAndWait(Submission submission) throws InterruptedException {
        if (closed()) {
            throw new PartitionLost(number);
        }
        publisher.submit(submission);
        if (!submission.await()) {
            throw new PartitionLost(number);
        }
    }

    @Override
    public PodState awaitState(PodRef pod, Predicate<PodState> wanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed() && !wanted.test(state(pod))) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
        if (closed()) {
            throw new PartitionLost(number);
        }
        return state(pod);
    }

    OffsetWindow window() {
        return window;
    }

    Standing standing() {
        return new Standing(window.committable(), tenancy);
    }

    /// The brokers have no offset of the group, or another one: the next transaction tells them, with news or without.
    void offsetLost() {
        offsetKnown = false;
    }

    /// Whether an offset is to be committed: more is settled than was, or the brokers do not know it.
    boolean advanced() {
        return window.committable() > committed || !offsetKnown;
    }

    /// What is settled is committed too.
    void windowCommitted() {
        committed = window.committable();
        offsetKnown = true;
    }

    @Override
    public long committed() {
        return committed;
    }

    /// The state that a fold begins with.
    PodState stateUnder(String key, Fact fact) {
        return states.find(key).orElseGet(() -> fresh(fact));
    }

    private PodState fresh(Fact fact) {
        return switch (fact) {
            case Fact.OfPod ofPod -> PodState.of(ofPod.pod());
            case Fact.OfCommand ofCommand ->
                    ofCommand.origin().pod().map(PodState::of).orElse(PodState.reserved(number));
        };
    }

    @Override
    public Stream<PodState> states(Predicate<StateGist> wanted) {
        return states.where(wanted);
    }

    /// What those may see of it who look on.
    HeldPods.Part part() {
        return new HeldPods.Part(number, states, ids);
    }

    void committed(PodState state) {
        lock.lock();
        try {
            ids.committed(states.put(state), state);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        life.committed(this, state);
    }

    /// No new work is begun for it; what is under way may still be committed.
    void drain() {
        if (phase == Phase.OPEN) {
            phase = Phase.DRAINING;
        }
    }

    /// It is not ours any more. Called under the publisher's lock: no fact of it is committed afterwards.
    void close() {
        lock.lock();
        try {
            phase = Phase.CLOSED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        return phase == Phase.CLOSED;
    }

    private enum Phase {
        OPEN,
        DRAINING,
        CLOSED
    }
}
