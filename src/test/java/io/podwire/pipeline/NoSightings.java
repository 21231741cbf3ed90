package io.podwire.pipeline;

import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

/// Nobody looks.
final class NoSightings implements Sightings {
    @Override
    public void seen(Partition partition, PodRef pod, PodStatus status) {}

    @Override
    public void left(String uid) {}
}
