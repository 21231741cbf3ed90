package io.podwire.execute;

import java.util.Objects;

/// What one request to the API server brought.
public sealed interface Reply<T> {
    record Ok<T>(T value) implements Reply<T> {
        public Ok {
            Objects.requireNonNull(value, "value");
        }
    }

    record Refused<T>(ApiFailure failure) implements Reply<T> {
        public Refused {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
