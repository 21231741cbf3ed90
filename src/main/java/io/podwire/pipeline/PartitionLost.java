package io.podwire.pipeline;

/// The partition is not ours any more: what was under way for it is given up, its next owner goes on.
public final class PartitionLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PartitionLost(int partition) {
        super("partition " + partition + " is not ours any more", null, false, false);
    }
}
