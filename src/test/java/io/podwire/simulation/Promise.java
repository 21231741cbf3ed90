package io.podwire.simulation;

/// What is judged beside the findings of the audit, which names its own.
enum Promise {
    /// One command has made two pods, and nobody else had a hand in it.
    TWO_PODS,
    /// A create was answered in the negative, but its pod is there.
    REFUSED_BUT_MADE,
    /// A create was answered with a pod that another command made.
    ANOTHERS_POD,
    /// A pod was deleted, but not the one that was meant.
    ANOTHERS_DELETED,
    /// A worker changed the cluster for a partition that it knew it had lost.
    CHANGED_AFTER_LOSS,
    /// A worker published for a partition whose next owner was at work.
    PUBLISHED_AFTER_LOSS,
    /// The group's offset has passed a command that is not settled.
    OFFSET_PASSED,
    /// A state says another thing than the cluster, long after everything is quiet.
    STATE_STALE,
    /// A pod of ours that no state knows, and that the sweep has not removed.
    ORPHAN,
    /// A log session has left lines out, or told them twice, without saying so.
    LOG_HOLE,
    /// After all was healed, commands stayed without an answer.
    NOT_DRAINED,
    /// Some part of the worker met what it calls a defect of Podwire.
    DEFECT
}
