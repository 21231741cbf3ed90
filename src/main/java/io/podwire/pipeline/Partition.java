package io.podwire.pipeline;

import io.podwire.execute.Permission;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.StateGist;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One partition while it is ours: its committed states, and the way for facts into them.
///
/// Thread-safe; equal only to itself. Every call that waits ends with [PartitionLost] once the partition is not ours any more.
public interface Partition extends Permission {
    int number();

    /// What is committed under the pod's key.
    PodState state(PodRef pod);

    /// Takes the command's id for its pod, unless a record about another pod of the partition has it.
    ///
    /// To be called in the order of the topic.
    ///
    /// @return that record
    Optional<RecordRef> takeId(Origin origin);

    /// Those of the committed states that are like that, each as it is when the stream comes to it.
    Stream<PodState> states(Predicate<StateGist> wanted);

    /// Every command before this offset is settled and committed.
    long committed();

    /// What is committed under the reserved key, of records that name no pod.
    PodState reserved();

    /// Commits the fact that settles a record under this state's key; returns when it is committed.
    ///
    /// @param taken what carrying out the command took: after long work the commit need not be the soonest
    void settle(PodState under, Delivery delivery, Fact.OfCommand fact, Duration taken)
            throws InterruptedException;

    /// Hands a fact over; returns as soon as there is room for it.
    void tell(PodRef pod, Fact.OfPod fact) throws InterruptedException;

    /// Commits a fact; returns when it is committed.
    void commit(PodRef pod, Fact.OfPod fact) throws InterruptedException;

    /// Waits until the committed state is like that.
    PodState awaitState(PodRef pod, Predicate<PodState> wanted) throws InterruptedException;
}
