package io.podwire.kafka;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The names of the four topics of one worker group, each another.
public record Topics(String commands, String events, String states, String deadLetters) {
    public Topics {
        Objects.requireNonNull(commands, "commands");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(states, "states");
        Objects.requireNonNull(deadLetters, "deadLetters");
        if (Set.copyOf(List.of(commands, events, states, deadLetters)).size() < 4) {
            throw new IllegalArgumentException(
                    "the four topics must differ: %s, %s, %s, %s"
                            .formatted(commands, events, states, deadLetters));
        }
    }
}
