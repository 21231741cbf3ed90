package io.podwire.observe;

/// The name of every meter of our own, as Micrometer has it: Prometheus shows dots as underscores, and adds units.
public final class MeterNames {
    /// Gauge: partitions that the group gave to this worker.
    public static final String PARTITIONS_ASSIGNED = "podwire.partitions.assigned";

    /// Gauge: those of which commands are taken; fewer than assigned while states are restored.
    public static final String PARTITIONS_WORKING = "podwire.partitions.working";

    /// Gauge: 1 while every watch on pods is open, else 0.
    public static final String WATCH_OPEN = "podwire.watch.open";

    /// Counter: lists and watches that failed, each tried again.
    public static final String WATCH_FAILURES = "podwire.watch.failures";

    /// Gauge: pods of the group in the watch that no state knows, found by the sweep.
    public static final String PODS_ORPHANED = "podwire.pods.orphaned";

    private MeterNames() {}
}
