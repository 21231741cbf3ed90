package io.podwire.pipeline;

import io.podwire.protocol.Delivery;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;

import java.util.Collection;

/// What is to be done along a partition's life: assigned, watched, working, given up.
///
/// The intake calls these in this order for each partition; [#deliver] only between `opened` and `closing`.
public interface PartitionLife {
    /// The states are restored and facts are accepted. Returns when the pods of these are watched too, and tries
    /// until then; called on a thread that may wait.
    void watch(Collection<? extends Partition> added) throws InterruptedException;

    /// Goes on with what the states say is open.
    void opened(Partition partition);

    /// Carries a record out. Returns at once.
    void deliver(Delivery delivery, Partition partition);

    /// Answers a record that the Kafka client cannot read. Returns at once.
    void deliverUnreadable(RecordRef record, Partition partition);

    /// A state was committed. Called on the publisher's thread; must not wait.
    void committed(Partition partition, PodState state);

    /// No new work; waits a bounded time for what is under way.
    void closing(Collection<? extends Partition> partitions) throws InterruptedException;

    /// Nothing of these is ours any more.
    void closed(Collection<? extends Partition> partitions);
}
