package io.podwire.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/// What a producer can ask for. Each command ends in exactly one terminal event.
public sealed interface Command {
    Origin origin();

    PodRef pod();

    /// After this instant nothing that changes the cluster is begun any more.
    Optional<Instant> expiry();

    /// Creates the pod that `config` describes; with `await`, ends when that state is reached.
    record CreatePod(
            Origin origin,
            Optional<Instant> expiry,
            PodRef pod,
            PodConfig config,
            Optional<Await> await)
            implements Command {
        public CreatePod {
            Objects.requireNonNull(config, "config");
        }
    }

    /// Answers with what the API server says of the pod now, or once it has reached a state.
    record GetPod(
            Origin origin, Optional<Instant> expiry, PodRef pod, View view, Optional<Await> await)
            implements Command {
        public GetPod {
            Objects.requireNonNull(view, "view");
        }
    }

    /// Deletes the pod, and by default ends when it is proven gone.
    ///
    /// @param gracePeriodSeconds empty: what the pod itself says
    /// @param timeout how long it may take to be gone; empty: grace period and a minute
    record DeletePod(
            Origin origin,
            Optional<Instant> expiry,
            PodRef pod,
            Optional<String> uid,
            OptionalLong gracePeriodSeconds,
            Deletion deletion,
            DeleteEnd await,
            Optional<Duration> timeout)
            implements Command {
        public DeletePod {
            Objects.requireNonNull(uid, "uid");
            if (gracePeriodSeconds.isPresent() && gracePeriodSeconds.getAsLong() < 0) {
                throw new IllegalArgumentException(
                        "gracePeriodSeconds must not be negative: " + gracePeriodSeconds);
            }
        }
    }

    /// Publishes the log of one container, or of all, as chunks.
    record ReadLogs(Origin origin, Optional<Instant> expiry, PodRef pod, LogRequest request)
            implements Command {
        public ReadLogs {
            Objects.requireNonNull(request, "request");
        }
    }

    /// Ends the open await or log session of another command of the same pod.
    record CancelCommand(Origin origin, Optional<Instant> expiry, PodRef pod, CommandRef target)
            implements Command {
        public CancelCommand {
            Objects.requireNonNull(target, "target");
        }
    }

    enum View {
        STATUS,
        MANIFEST
    }

    enum Deletion {
        GRACEFUL,
        /// Removes the API object without waiting for the kubelet: the container may still run.
        FORCED
    }

    enum DeleteEnd {
        GONE,
        ACCEPTED
    }
}
