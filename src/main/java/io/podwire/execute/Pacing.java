package io.podwire.execute;

import java.time.Duration;
import java.util.Objects;

/// How long to wait between attempts: exponentially growing, with jitter.
///
/// @param failures after an answer that says to try again, or none
/// @param quota while the namespace's quota is full
/// @param deletion while a pod of the same name is being deleted
public record Pacing(Backoff failures, Backoff quota, Backoff deletion) {
    public static final Pacing DEFAULT =
            new Pacing(
                    new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10)),
                    new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(15)),
                    new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2)));

    public Pacing {
        Objects.requireNonNull(failures, "failures");
        Objects.requireNonNull(quota, "quota");
        Objects.requireNonNull(deletion, "deletion");
    }

    /// From `first` doubling up to `most`, each half as much shorter or longer by chance.
    public record Backoff(Duration first, Duration most) {
        public Backoff {
            if (first.toMillis() < 1 || most.compareTo(first) < 0) {
                throw new IllegalArgumentException(
                        "backoff needs 1 ms <= first <= most: " + first + ", " + most);
            }
        }
    }
}
