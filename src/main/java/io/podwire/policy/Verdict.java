package io.podwire.policy;

import io.podwire.protocol.CommandError;

import java.util.Objects;

/// Whether a command may be carried out.
public sealed interface Verdict {
    record Allowed() implements Verdict {}

    record Denied(CommandError error) implements Verdict {
        public Denied {
            Objects.requireNonNull(error, "error");
        }
    }
}
