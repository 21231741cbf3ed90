package io.podwire.execute;

import io.podwire.protocol.ErrorReason;

/// Which call, on behalf of which command: the same answer means different things.
enum Call {
    CREATE(ErrorReason.CREATION_FORBIDDEN),
    DELETE(ErrorReason.DELETION_FORBIDDEN),
    READ(ErrorReason.READ_FORBIDDEN),
    READ_BEFORE_DELETE(ErrorReason.DELETION_FORBIDDEN),
    READ_BEFORE_LOGS(ErrorReason.LOGS_FORBIDDEN);

    private final ErrorReason forbidden;

    Call(ErrorReason forbidden) {
        this.forbidden = forbidden;
    }

    ErrorReason forbidden() {
        return forbidden;
    }

    /// Whether it changes the cluster, or serves only a call that does.
    boolean endsWithExpiry() {
        return switch (this) {
            case CREATE, DELETE, READ_BEFORE_DELETE -> true;
            case READ, READ_BEFORE_LOGS -> false;
        };
    }
}
