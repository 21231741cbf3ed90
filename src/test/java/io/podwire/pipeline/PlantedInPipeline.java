package io.podwire.pipeline;

import io.podwire.protocol.Origin;

/// What planted bugs do in place of the real parts, see `io.podwire.simulation`.
public final class PlantedInPipeline {
    private PlantedInPipeline() {}

    /// A lane for each record: those of a pod run side by side.
    static CommandPipeline.LaneKey ofRecord(int partition, Origin origin) {
        return new CommandPipeline.LaneKey(partition, "@" + origin.in().offset());
    }

    static boolean held(Partition partition) {
        return true;
    }
}
