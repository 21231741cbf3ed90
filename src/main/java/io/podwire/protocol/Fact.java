package io.podwire.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// Something that has happened and cannot be taken back; the ledger turns it into state and events.
public sealed interface Fact {
    /// When it happened or was observed.
    Instant at();

    /// A fact that settles the record a command came in.
    sealed interface OfCommand extends Fact {
        Origin origin();
    }

    /// A fact about a known pod, whoever caused it.
    sealed interface OfPod extends Fact {
        PodRef pod();
    }

    /// The record was not carried out: it breaks the contract or the policy, or came too late.
    record Refused(Instant at, Origin origin, CommandError error) implements OfCommand {
        public Refused {
            Objects.requireNonNull(error, "error");
        }
    }

    /// The command was tried and did not work.
    record Failed(Instant at, Origin origin, CommandError error) implements OfCommand {
        public Failed {
            Objects.requireNonNull(error, "error");
        }
    }

    /// The same command was taken in before; what it was answered then is in the state.
    record Repeated(Instant at, Origin origin) implements OfCommand {}

    /// The record was settled before, by this worker or one before it: nothing is to be said.
    record Redelivered(Instant at, Origin origin) implements OfCommand {}

    /// The API server holds the pod that the command asked for.
    record Created(
            Instant at,
            Origin origin,
            PodStatus pod,
            Creation creation,
            int attempts,
            Optional<Await> await)
            implements OfCommand {
        public Created {
            Objects.requireNonNull(pod, "pod");
            Objects.requireNonNull(creation, "creation");
            Objects.requireNonNull(await, "await");
        }
    }

    /// The pod was read.
    ///
    /// @param manifest the pod as JSON, env values masked, where the command asked for it
    record Found(
            Instant at,
            Origin origin,
            PodStatus pod,
            Optional<String> manifest,
            int attempts,
            Optional<Await> await)
            implements OfCommand {
        public Found {
            Objects.requireNonNull(pod, "pod");
            Objects.requireNonNull(manifest, "manifest");
            Objects.requireNonNull(await, "await");
        }
    }

    /// There was no such pod to delete.
    record Absent(Instant at, Origin origin, int attempts) implements OfCommand {}

    /// The API server has accepted the deletion.
    ///
    /// @param timeout how long the pod may take to be gone
    record DeletionAccepted(
            Instant at,
            Origin origin,
            PodStatus pod,
            Command.Deletion deletion,
            Command.DeleteEnd await,
            Duration timeout,
            int attempts)
            implements OfCommand {
        public DeletionAccepted {
            Objects.requireNonNull(pod, "pod");
            Objects.requireNonNull(deletion, "deletion");
            Objects.requireNonNull(await, "await");
            Objects.requireNonNull(timeout, "timeout");
        }
    }

    /// A log session was opened on a pod that exists.
    record LogsOpened(Instant at, Origin origin, PodStatus pod, LogRequest request)
            implements OfCommand {
        public LogsOpened {
            Objects.requireNonNull(pod, "pod");
            Objects.requireNonNull(request, "request");
        }
    }

    /// A producer wants another command of the same pod to end.
    record CancelRequested(Instant at, Origin origin, CommandRef target) implements OfCommand {
        public CancelRequested {
            Objects.requireNonNull(target, "target");
        }
    }

    /// The API server showed the pod like this.
    record PodSeen(Instant at, PodRef pod, PodStatus status) implements OfPod {
        public PodSeen {
            Objects.requireNonNull(status, "status");
        }
    }

    /// The pod with this uid is proven gone: 404, or another uid under its name.
    ///
    /// @param last how it was last seen, where the API server showed it at its end
    record PodGone(Instant at, PodRef pod, String uid, Optional<PodStatus> last) implements OfPod {
        public PodGone {
            Objects.requireNonNull(uid, "uid");
            Objects.requireNonNull(last, "last");
        }
    }

    /// The time of an open command is up.
    record DeadlinePassed(Instant at, PodRef pod, CommandRef command) implements OfPod {}

    /// Lines of an open log session were read.
    record LogRead(Instant at, PodRef pod, CommandRef command, LogChunk chunk, LogCursor cursor)
            implements OfPod {}

    /// Lines of an open log session cannot be read any more.
    record LogMissed(Instant at, PodRef pod, CommandRef command, LogGap gap, LogCursor cursor)
            implements OfPod {}

    /// An open log session has ended.
    record LogsEnded(Instant at, PodRef pod, CommandRef command, LogEnd end) implements OfPod {}

    /// Nobody has asked for the pod's state for long: it may be dropped, if nothing has happened to it meanwhile.
    ///
    /// @param committed every record of the partition before this offset is settled, and never delivered again
    record StateOutlived(Instant at, PodRef pod, long committed) implements OfPod {}

    /// How the pod of a create came to be.
    enum Creation {
        CREATED,
        /// It was there already, with this command's id and digest: made before a crash or a lost answer.
        ADOPTED
    }
}
