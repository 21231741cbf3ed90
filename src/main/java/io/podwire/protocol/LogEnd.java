package io.podwire.protocol;

import java.util.Objects;

/// How a log session ended.
public sealed interface LogEnd {
    /// Everything that was asked for is published.
    record Streamed(Why why) implements LogEnd {
        public Streamed {
            Objects.requireNonNull(why, "why");
        }
    }

    record Failed(CommandError error) implements LogEnd {
        public Failed {
            Objects.requireNonNull(error, "error");
        }
    }

    enum Why {
        /// The log ended, or what was there without `follow` is published.
        END,
        TIMEOUT,
        LIMIT_BYTES
    }
}
