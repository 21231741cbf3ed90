package io.podwire.codec;

import io.podwire.protocol.LogEnd;
import io.podwire.protocol.LogGap;
import io.podwire.protocol.PodStatus;

/// The published words of closed lists that do not carry them themselves.
public final class Words {
    private Words() {}

    static String of(LogEnd.Why why) {
        return switch (why) {
            case END -> "end";
            case TIMEOUT -> "timeout";
            case LIMIT_BYTES -> "limitBytes";
        };
    }

    /// As in `log.gap` events.
    public static String of(LogGap.Reason reason) {
        return switch (reason) {
            case ROTATED -> "rotated";
            case REMOVED -> "removed";
            case RESTARTED -> "restarted";
        };
    }

    static String of(PodStatus.ContainerKind kind) {
        return switch (kind) {
            case MAIN -> "main";
            case INIT -> "init";
            case SIDECAR -> "sidecar";
        };
    }

    static String of(PodStatus.ContainerState state) {
        return switch (state) {
            case WAITING -> "waiting";
            case RUNNING -> "running";
            case TERMINATED -> "terminated";
        };
    }
}
