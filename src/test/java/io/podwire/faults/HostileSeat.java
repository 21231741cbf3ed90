package io.podwire.faults;

/// Where hostile records go, and the pods that are there already.
///
/// @param round unique; makes ids and names of pods new
record HostileSeat(String namespace, int partition, String round) {
    /// The id of a command that was answered before, a read of [#goodPod].
    static final String KNOWN = "known";

    /// The id of a create whose pod is gone again.
    static final String GONE = "gone";

    /// A pod of somebody else.
    static final String FOREIGN_POD = "foreign";

    /// A pod of the worker's that runs, created from this partition.
    String goodPod() {
        return "good-" + partition;
    }

    /// Others of the worker's, which wait for ever: reads of one pod go one after another.
    String sparePod(int number) {
        return "spare-" + partition + "-" + number;
    }

    String gonePod() {
        return "gone-" + partition;
    }

    String key(String pod) {
        return namespace + "/" + pod;
    }

    String goodCommand(String id) {
        return read(id, goodPod());
    }

    static String read(String id, String pod) {
        return WorkerBench.envelope(id, "pod.get", Conversation.target(pod, ""));
    }

    String knownCommand() {
        return goodCommand(KNOWN);
    }

    String goneCommand() {
        return creation(GONE, gonePod());
    }

    /// The create of a pod that waits for ever.
    static String creation(String id, String pod) {
        return WorkerBench.envelope(
                id,
                "pod.create",
                Conversation.creation(pod, Conversation.NOWHERE, Conversation.SMALL, ""));
    }
}
