package io.podwire.logs;

import io.podwire.protocol.CommandError;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.LogEnd;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How a session ended, by how its containers did.
///
/// @param neverStarted the places of those containers that have no log because they never ran
record SessionEnd(LogEnd end, List<Integer> neverStarted) {
    /// @param anyBefore whether others of the session's containers were read to their end earlier
    static SessionEnd of(List<ContainerEnd> ends, boolean anyBefore) {
        List<Integer> neverStarted =
                IntStream.range(0, ends.size())
                        .filter(i -> ends.get(i) instanceof ContainerEnd.NeverStarted)
                        .boxed()
                        .toList();
        boolean anyRead = anyBefore || neverStarted.size() < ends.size();
        LogEnd end =
                failure(ends)
                        .or(() -> anyRead ? Optional.empty() : Optional.of(nothing(ends)))
                        .orElseGet(() -> new LogEnd.Streamed(why(ends)));
        return new SessionEnd(end, neverStarted);
    }

    private static Optional<LogEnd> failure(List<ContainerEnd> ends) {
        return only(ends, ContainerEnd.Failed.class)
                .map(failed -> new LogEnd.Failed(failed.error()));
    }

    private static LogEnd nothing(List<ContainerEnd> ends) {
        String why =
                only(ends, ContainerEnd.NeverStarted.class)
                        .map(ContainerEnd.NeverStarted::message)
                        .orElse("the pod has no container to read");
        return new LogEnd.Failed(CommandError.of(ErrorReason.NEVER_STARTED, why));
    }

    private static LogEnd.Why why(List<ContainerEnd> ends) {
        if (only(ends, ContainerEnd.LimitReached.class).isPresent()) {
            return LogEnd.Why.LIMIT_BYTES;
        }
        return only(ends, ContainerEnd.TimedOut.class).isPresent()
                ? LogEnd.Why.TIMEOUT
                : LogEnd.Why.END;
    }

    private static <E extends ContainerEnd> Optional<E> only(
            List<ContainerEnd> ends, Class<E> kind) {
        return ends.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
