package io.podwire.observe;

/// Every meter of our own: what it is called, what it counts, and by what it is split.
///
/// No label ever has a pod, a command or an id for a value: there would be as many series.
public enum Meter {
    PARTITIONS_ASSIGNED(
            Kind.GAUGE, "partitions.assigned", "Partitions that the group gave to this worker"),
    PARTITIONS_WORKING(
            Kind.GAUGE,
            "partitions.working",
            "Those of which commands are taken; fewer than assigned while states are restored"),
    COMMANDS_WAITING(
            Kind.GAUGE,
            "commands.waiting",
            "Records on the command topic that are not taken in yet"),
    COMMANDS_UNSETTLED(
            Kind.GAUGE,
            "commands.unsettled",
            "Records that are taken in and neither answered nor accepted yet"),
    COMMANDS_OLDEST(
            Kind.SECONDS,
            "commands.oldest.age",
            "Age of the oldest of these by its record's timestamp; 0 where there is none"),
    COMMANDS_OPEN(
            Kind.GAUGE, "commands.open", "Awaits, deletes and log sessions that are under way"),
    COMMANDS_ANSWERED(
            Kind.COUNTER,
            "commands.answered",
            "Answers that are committed: succeeded, failed, rejected or duplicate, with the outcome"
                    + " or the error code. What is rejected as COMMAND_INVALID has a dead letter",
            "answer",
            "code"),
    COMMAND_DURATION(
            Kind.TIMER,
            "command.duration",
            "From a record's timestamp to the commit of its answer, or of its acceptance where the"
                    + " command stays open",
            "type"),
    POD_TRANSITIONS(
            Kind.COUNTER,
            "pod.transitions",
            "Transitions that are committed; the provenance gap says that something was missed",
            "state",
            "provenance"),
    PODS_ADOPTED(
            Kind.COUNTER,
            "pods.adopted",
            "Pods that were there already when their create was carried out"),
    PODS_ORPHANED(
            Kind.GAUGE,
            "pods.orphaned",
            "Pods of the group in the watch that no state knows, found by the sweep"),
    LOG_BYTES(Kind.COUNTER, "log.bytes", "Bytes of log lines that are committed"),
    LOG_GAPS(Kind.COUNTER, "log.gaps", "Gaps of logs that are committed", "reason"),
    WATCH_OPEN(Kind.GAUGE, "watch.open", "1 while every watch on pods is open, else 0"),
    WATCH_SILENCE(
            Kind.SECONDS,
            "watch.silence",
            "Time since a watch has last shown anything, bookmarks too; 0 where there is nothing to"
                    + " watch"),
    WATCH_FAILURES(
            Kind.COUNTER, "watch.failures", "Lists and watches that failed, each tried again"),
    KUBERNETES_CALLS(
            Kind.COUNTER, "kubernetes.calls", "Requests to the API server on behalf of commands"),
    KUBERNETES_REQUEST(
            Kind.TIMER,
            "kubernetes.request",
            "From each of these requests to its answer; the status is `none` where none came in time",
            "verb",
            "status"),
    KUBERNETES_RETRIES(
            Kind.COUNTER,
            "kubernetes.retries",
            "Waits before another attempt, by what the command would be answered without it",
            "reason"),
    KUBERNETES_UNKNOWN(
            Kind.COUNTER,
            "kubernetes.unknown.outcomes",
            "Calls of which it was not known at first whether they had their effect");

    /// How Prometheus shows a meter.
    public enum Kind {
        GAUGE(""),
        SECONDS("_seconds"),
        COUNTER("_total"),
        /// A histogram, of which this is the common beginning.
        TIMER("_seconds");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    private final Kind kind;
    private final String id;
    private final String description;

    /// Separated by commas.
    private final String labels;

    Meter(Kind kind, String id, String description, String... labels) {
        this.kind = kind;
        this.id = "podwire." + id;
        this.description = description;
        this.labels = String.join(",", labels);
    }

    /// Its name as Micrometer has it.
    public String id() {
        return id;
    }

    public String description() {
        return description;
    }

    /// Its name as Prometheus has it.
    public String exposed() {
        return id.replace('.', '_') + kind.suffix;
    }

    /// Its row in the documentation's table.
    public String row() {
        String of =
                switch (kind) {
                    case GAUGE, SECONDS -> "gauge";
                    case COUNTER -> "counter";
                    case TIMER -> "histogram";
                };
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        exposed(),
                        of,
                        labels.isEmpty() ? "–" : "`" + labels.replace(",", "`, `") + "`",
                        description);
    }
}
