package io.podwire.logs;

import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.PodRef;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What one session is to read.
///
/// @param uid of the pod: another one under its name is another pod
/// @param request its `limitBytes` counts from this session on: who resumes one passes what is left
/// @param deadline when the session ends with what it has
/// @param cursors how far containers were published before; empty for a new session
/// @param containers whose logs; empty: those that the request selects of the pod as it is seen
public record LogSessionSpec(
        PodRef pod,
        String uid,
        LogRequest request,
        Optional<Instant> deadline,
        List<LogCursor> cursors,
        List<String> containers) {
    public LogSessionSpec {
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(uid, "uid");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(deadline, "deadline");
        cursors = List.copyOf(cursors);
        containers = List.copyOf(containers);
    }

    /// The run before the present one does not grow, so it cannot be followed.
    boolean follows() {
        return request.follow() == LogRequest.Follow.YES
                && request.instance() == LogRequest.Instance.CURRENT;
    }
}
