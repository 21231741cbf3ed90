package io.podwire.protocol;

import static io.podwire.protocol.ErrorCode.COMMAND_CANCELLED;
import static io.podwire.protocol.ErrorCode.COMMAND_DENIED;
import static io.podwire.protocol.ErrorCode.COMMAND_EXPIRED;
import static io.podwire.protocol.ErrorCode.COMMAND_INVALID;
import static io.podwire.protocol.ErrorCode.CONNECTION_FAILED;
import static io.podwire.protocol.ErrorCode.INTERNAL;
import static io.podwire.protocol.ErrorCode.POD_AWAIT_FAILED;
import static io.podwire.protocol.ErrorCode.POD_CREATION_FAILED;
import static io.podwire.protocol.ErrorCode.POD_DELETION_FAILED;
import static io.podwire.protocol.ErrorCode.POD_LOGS_FAILED;
import static io.podwire.protocol.ErrorCode.POD_NOT_FOUND;
import static io.podwire.protocol.ErrorCode.POD_READ_FAILED;

/// The one table of error codes and their reasons, and whether sending the command again can help.
///
/// A constant's name begins with its code where the same reason stands under several codes; the name
/// that is published is [#published()].
public enum ErrorReason {
    EMPTY(COMMAND_INVALID),
    MALFORMED_JSON(COMMAND_INVALID),
    SCHEMA(COMMAND_INVALID),
    UNKNOWN_FIELD(COMMAND_INVALID),
    DUPLICATE_FIELD(COMMAND_INVALID),
    UNKNOWN_TYPE(COMMAND_INVALID),
    UNSUPPORTED_VERSION(COMMAND_INVALID),
    LIMIT_EXCEEDED(COMMAND_INVALID),
    ID_INVALID(COMMAND_INVALID),
    ID_CONFLICT(COMMAND_INVALID),
    SUBJECT_MISMATCH(COMMAND_INVALID),
    KEY_MISMATCH(COMMAND_INVALID),
    NO_SUCH_COMMAND(COMMAND_INVALID),
    NAME(COMMAND_INVALID),
    INVALID_RESOURCES(COMMAND_INVALID, "RESOURCES", false),
    INVALID_IMAGE(COMMAND_INVALID, "IMAGE", false),
    UNREADABLE_RECORD(COMMAND_INVALID),

    DENIED_NAMESPACE(COMMAND_DENIED, "NAMESPACE", false),
    DENIED_IMAGE(COMMAND_DENIED, "IMAGE", false),
    DENIED_FIELD(COMMAND_DENIED, "FIELD", false),
    DENIED_RESOURCES(COMMAND_DENIED, "RESOURCES", false),
    DENIED_LABEL(COMMAND_DENIED, "LABEL", false),
    DENIED_POD_SECURITY(COMMAND_DENIED, "POD_SECURITY", false),
    NOT_OWNED(COMMAND_DENIED),
    COMMAND_DISABLED(COMMAND_DENIED),
    TOO_MANY_OPEN(COMMAND_DENIED, "TOO_MANY_OPEN", true),

    EXPIRED(COMMAND_EXPIRED),
    BY_COMMAND(COMMAND_CANCELLED),

    NO_SUCH_POD(POD_NOT_FOUND),
    OTHER_UID(POD_NOT_FOUND),
    NO_SUCH_CONTAINER(POD_NOT_FOUND),
    NO_PREVIOUS(POD_NOT_FOUND),

    NAME_CONFLICT(POD_CREATION_FAILED),
    NAMESPACE_NOT_FOUND(POD_CREATION_FAILED),
    NAMESPACE_TERMINATING(POD_CREATION_FAILED),
    QUOTA_EXCEEDED(POD_CREATION_FAILED, "QUOTA_EXCEEDED", true),
    CREATION_POD_SECURITY(POD_CREATION_FAILED, "POD_SECURITY", false),
    CREATION_ADMISSION_DENIED(POD_CREATION_FAILED, "ADMISSION_DENIED", false),
    CREATION_FORBIDDEN(POD_CREATION_FAILED, "FORBIDDEN", false),
    INVALID_SPEC(POD_CREATION_FAILED),
    TOO_LARGE(POD_CREATION_FAILED),

    DELETION_FORBIDDEN(POD_DELETION_FAILED, "FORBIDDEN", false),
    DELETION_ADMISSION_DENIED(POD_DELETION_FAILED, "ADMISSION_DENIED", false),
    STUCK(POD_DELETION_FAILED, "STUCK", true),

    READ_FORBIDDEN(POD_READ_FAILED, "FORBIDDEN", false),

    POD_FAILED(POD_AWAIT_FAILED),
    AWAITED_POD_DELETED(POD_AWAIT_FAILED, "POD_DELETED", false),
    POD_ENDED(POD_AWAIT_FAILED),
    AWAIT_IMAGE(POD_AWAIT_FAILED, "IMAGE", false),
    UNSCHEDULABLE(POD_AWAIT_FAILED),
    CONFIG(POD_AWAIT_FAILED),
    CRASH_LOOP(POD_AWAIT_FAILED),
    NOT_READY(POD_AWAIT_FAILED),
    AWAIT_TIMEOUT(POD_AWAIT_FAILED, "TIMEOUT", false),

    NEVER_STARTED(POD_LOGS_FAILED),
    LOGS_POD_DELETED(POD_LOGS_FAILED, "POD_DELETED", false),
    UNAVAILABLE(POD_LOGS_FAILED, "UNAVAILABLE", true),
    LOGS_FORBIDDEN(POD_LOGS_FAILED, "FORBIDDEN", false),

    UNREACHABLE(CONNECTION_FAILED, "UNREACHABLE", true),
    CONNECTION_TIMEOUT(CONNECTION_FAILED, "TIMEOUT", true),
    UNAUTHORIZED(CONNECTION_FAILED, "UNAUTHORIZED", true),
    THROTTLED(CONNECTION_FAILED, "THROTTLED", true),
    SERVER_ERROR(CONNECTION_FAILED, "SERVER_ERROR", true),

    BUG(INTERNAL);

    private final ErrorCode code;
    private final String published;
    private final boolean retryable;

    ErrorReason(ErrorCode code) {
        this.code = code;
        this.published = name();
        this.retryable = false;
    }

    ErrorReason(ErrorCode code, String published, boolean retryable) {
        this.code = code;
        this.published = published;
        this.retryable = retryable;
    }

    public ErrorCode code() {
        return code;
    }

    /// The reason as events carry it; unique within its code.
    public String published() {
        return published;
    }

    /// Whether the same command, sent again later under a new id, may succeed without any change to it.
    public boolean retryable() {
        return retryable;
    }
}
