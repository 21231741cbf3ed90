package io.podwire.pipeline;

import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

/// Is told which pods the watch shows of the partitions that are ours. Every call returns at once.
interface Sightings {
    void seen(Partition partition, PodRef pod, PodStatus status);

    /// It is in the watch no more.
    void left(String uid);
}
