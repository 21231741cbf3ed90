package io.podwire.config;

import java.util.List;
import java.util.Objects;

/// What came of loading settings.
public sealed interface Loaded {
    record Good(WorkerSettings settings) implements Loaded {
        public Good {
            Objects.requireNonNull(settings, "settings");
        }
    }

    /// Nothing may start with these.
    ///
    /// @param mistakes all of them, one sentence each for the person who set the values; no secrets in them
    record Mistaken(List<String> mistakes) implements Loaded {
        public Mistaken {
            mistakes = List.copyOf(mistakes);
            if (mistakes.isEmpty()) {
                throw new IllegalArgumentException("mistakes must not be empty");
            }
        }
    }
}
