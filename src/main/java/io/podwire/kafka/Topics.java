package io.podwire.kafka;

import java.util.Objects;

/// The four topics of one worker group.
public record Topics(String commands, String events, String states, String deadLetters) {
    public Topics {
        Objects.requireNonNull(commands, "commands");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(states, "states");
        Objects.requireNonNull(deadLetters, "deadLetters");
    }
}
