package io.podwire.kafka;

import io.podwire.pipeline.Partition;
import io.podwire.pipeline.PartitionLife;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;

import java.util.Collection;

/// A flow that does nothing with what it is told.
final class IdleLife implements PartitionLife {
    @Override
    public void watch(Collection<? extends Partition> added) {}

    @Override
    public void opened(Partition partition) {}

    @Override
    public void deliver(Delivery delivery, Partition partition) {}

    @Override
    public void deliverUnreadable(RecordRef record, Partition partition) {}

    @Override
    public void committed(Partition partition, PodState state) {}

    @Override
    public void closing(Collection<? extends Partition> partitions) {}

    @Override
    public void closed(Collection<? extends Partition> partitions) {}
}
