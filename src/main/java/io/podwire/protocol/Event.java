package io.podwire.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What Podwire tells on the event topic.
public sealed interface Event {
    Head head();

    /// What every event carries beside its own data.
    ///
    /// @param id deterministic: the same fact always has the same id
    /// @param key the record key: `namespace/name`, or the command record's own key where no pod is named
    /// @param time when it was observed
    /// @param cause the command that this event answers or follows from
    /// @param in the record that caused it
    record Head(
            String id,
            Optional<String> key,
            Optional<PodRef> subject,
            Instant time,
            Optional<CommandRef> cause,
            Optional<String> correlationId,
            Optional<Trace> trace,
            Optional<RecordRef> in) {
        public Head {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(cause, "cause");
            Objects.requireNonNull(correlationId, "correlationId");
            Objects.requireNonNull(trace, "trace");
            Objects.requireNonNull(in, "in");
        }
    }

    /// The one answer that settles a command record.
    sealed interface Terminal extends Event {
        default Verdict verdict() {
            return switch (this) {
                case CommandSucceeded _ -> Verdict.SUCCEEDED;
                case CommandFailed _ -> Verdict.FAILED;
                case CommandRejected _ -> Verdict.REJECTED;
                case CommandDuplicate _ -> Verdict.DUPLICATE;
            };
        }
    }

    /// How a command was answered.
    enum Verdict {
        SUCCEEDED("io.podwire.command.succeeded.v1"),
        FAILED("io.podwire.command.failed.v1"),
        REJECTED("io.podwire.command.rejected.v1"),
        DUPLICATE("io.podwire.command.duplicate.v1");

        private final String type;

        Verdict(String type) {
            this.type = type;
        }

        /// Of the event that says so.
        public String type() {
            return type;
        }
    }

    /// The command stays open; this is what has been done so far.
    record CommandAccepted(Head head, PodStatus status) implements Event {
        public CommandAccepted {
            Objects.requireNonNull(status, "status");
        }
    }

    /// The command was carried out.
    ///
    /// @param status the pod as last known; empty where there was none
    /// @param manifest the pod as JSON where it was asked for
    /// @param counts what was done, by name: `attempts`, `lines`, `bytes`, `chunks`, `gaps`
    /// @param ended why a log session ended; empty for other commands
    /// @param warning something the producer should know, for example that a container may still run
    record CommandSucceeded(
            Head head,
            Outcome outcome,
            Optional<PodStatus> status,
            Optional<String> manifest,
            Map<String, Long> counts,
            Optional<LogEnd.Why> ended,
            Optional<String> warning)
            implements Terminal {
        public CommandSucceeded {
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(manifest, "manifest");
            counts = Map.copyOf(counts);
            Objects.requireNonNull(ended, "ended");
            Objects.requireNonNull(warning, "warning");
        }

        /// The same for whoever did not ask for it.
        public CommandSucceeded withoutManifest() {
            return new CommandSucceeded(
                    head, outcome, status, Optional.empty(), counts, ended, warning);
        }
    }

    /// The command was tried, and did not work.
    ///
    /// @param status the pod as last known, where that helps
    record CommandFailed(Head head, CommandError error, Optional<PodStatus> status)
            implements Terminal {
        public CommandFailed {
            Objects.requireNonNull(error, "error");
            Objects.requireNonNull(status, "status");
        }
    }

    /// The command was never carried out.
    record CommandRejected(Head head, CommandError error) implements Terminal {
        public CommandRejected {
            Objects.requireNonNull(error, "error");
        }
    }

    /// The command was taken in before.
    record CommandDuplicate(Head head, First first) implements Terminal {
        public CommandDuplicate {
            Objects.requireNonNull(first, "first");
        }
    }

    /// Where a command was taken in first.
    ///
    /// @param answer what it was answered; empty while it is still open
    record First(RecordRef in, Optional<Answer> answer) {}

    /// An answer by its event's type and id.
    record Answer(String type, String id) {}

    /// A pod has changed.
    ///
    /// @param seq 1, 2, 3 … per uid
    /// @param from the state before; empty for the first
    /// @param anomaly what contradicts something said before
    record PodTransition(
            Head head,
            long seq,
            Optional<PodLifecycle> from,
            PodStatus status,
            Provenance provenance,
            Optional<String> anomaly)
            implements Event {
        public PodTransition {
            if (seq < 1) {
                throw new IllegalArgumentException("seq begins at 1: " + seq);
            }
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(status, "status");
            Objects.requireNonNull(provenance, "provenance");
            Objects.requireNonNull(anomaly, "anomaly");
        }
    }

    /// Lines of a log.
    ///
    /// @param number 0, 1, 2 … over the session
    /// @param last whether this container's log is complete with this chunk
    record LogChunkRead(Head head, String uid, long number, LogChunk chunk, boolean last)
            implements Event {
        public LogChunkRead {
            Objects.requireNonNull(uid, "uid");
            Objects.requireNonNull(chunk, "chunk");
        }
    }

    /// Lines of a log that are missing, or may be.
    record LogGapFound(Head head, String uid, LogGap gap) implements Event {
        public LogGapFound {
            Objects.requireNonNull(uid, "uid");
            Objects.requireNonNull(gap, "gap");
        }
    }

    enum Outcome {
        CREATED("created"),
        ADOPTED("adopted"),
        DELETED("deleted"),
        ABSENT("absent"),
        ACCEPTED("accepted"),
        FOUND("found"),
        REACHED("reached"),
        STREAMED("streamed"),
        CANCELLED("cancelled");

        private final String published;

        Outcome(String published) {
            this.published = published;
        }

        public String published() {
            return published;
        }
    }

    /// How a transition is known.
    enum Provenance {
        OBSERVED("observed"),
        /// Proven by the kubelet's own timestamps, though nobody saw it.
        INFERRED("inferred"),
        /// Something must have happened that nobody can rebuild.
        GAP("gap");

        private final String published;

        Provenance(String published) {
            this.published = published;
        }

        public String published() {
            return published;
        }
    }

    /// The CloudEvents type.
    default String type() {
        return switch (this) {
            case CommandAccepted _ -> "io.podwire.command.accepted.v1";
            case Terminal terminal -> terminal.verdict().type();
            case PodTransition _ -> "io.podwire.pod.transition.v1";
            case LogChunkRead _ -> "io.podwire.log.chunk.v1";
            case LogGapFound _ -> "io.podwire.log.gap.v1";
        };
    }

    /// All event types, for readers that list or filter them.
    static List<String> types() {
        return List.of(
                "io.podwire.command.accepted.v1",
                Verdict.SUCCEEDED.type(),
                Verdict.FAILED.type(),
                Verdict.REJECTED.type(),
                Verdict.DUPLICATE.type(),
                "io.podwire.pod.transition.v1",
                "io.podwire.log.chunk.v1",
                "io.podwire.log.gap.v1");
    }
}
