package io.podwire.codec;

import io.podwire.protocol.Command;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.Origin;

import java.util.Objects;

/// What a record on the command topic turned out to be.
public sealed interface Decoded {
    /// A command of the contract.
    record Valid(Command command) implements Decoded {
        public Valid {
            Objects.requireNonNull(command, "command");
        }
    }

    /// Not a command of the contract.
    ///
    /// @param origin what could be read of it all the same
    record Invalid(Origin origin, CommandError error) implements Decoded {
        public Invalid {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(error, "error");
        }
    }
}
