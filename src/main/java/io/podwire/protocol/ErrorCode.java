package io.podwire.protocol;

/// The kinds of negative answers. Closed: a new one is a new version of the contract.
public enum ErrorCode {
    /// The record is not a command of the contract; it is also kept as a dead letter.
    COMMAND_INVALID,
    /// A well-formed command that this worker's policy does not allow.
    COMMAND_DENIED,
    COMMAND_EXPIRED,
    COMMAND_CANCELLED,
    POD_NOT_FOUND,
    POD_CREATION_FAILED,
    POD_DELETION_FAILED,
    POD_READ_FAILED,
    POD_AWAIT_FAILED,
    POD_LOGS_FAILED,
    CONNECTION_FAILED,
    /// A defect of Podwire; please report it.
    INTERNAL;

    /// Whether nothing was tried: such an answer is `command.rejected`, every other `command.failed`.
    public boolean rejects() {
        return switch (this) {
            case COMMAND_INVALID, COMMAND_DENIED, COMMAND_EXPIRED -> true;
            case COMMAND_CANCELLED,
                    POD_NOT_FOUND,
                    POD_CREATION_FAILED,
                    POD_DELETION_FAILED,
                    POD_READ_FAILED,
                    POD_AWAIT_FAILED,
                    POD_LOGS_FAILED,
                    CONNECTION_FAILED,
                    INTERNAL ->
                    false;
        };
    }
}
