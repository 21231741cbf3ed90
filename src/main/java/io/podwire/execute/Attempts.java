package io.podwire.execute;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.podwire.execute.Verdict.Pace;
import io.podwire.protocol.Command;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/// The only layer that tries again: how long to wait before the next attempt. Thread-safe.
///
/// resilience4j decides and counts; the waiting is ours, because its own sleeps where no test can
/// move the clock.
final class Attempts {
    private static final double JITTER = 0.5;

    private final ExecutorSettings settings;
    private final InstantSource clock;
    private final Pause pause;
    private final ExecutorCounts counts = new ExecutorCounts();
    private final Retry failures;
    private final Retry quota;
    private final Retry deletion;

    Attempts(ExecutorSettings settings, InstantSource clock, Pause pause) {
        this.settings = settings;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.pause = Objects.requireNonNull(pause, "pause");
        this.failures = retry("failures", settings.pacing().failures());
        this.quota = retry("quota", settings.pacing().quota());
        this.deletion = retry("deletion", settings.pacing().deletion());
    }

    /// The attempts of one command.
    Effort begin(Command command, Permission permission) {
        return new Effort(this, command, permission);
    }

    Budget budget() {
        return new Budget(settings.commandTimeout(), clock);
    }

    Retry retry(Pace pace) {
        return switch (pace) {
            case FAILURES -> failures;
            case QUOTA -> quota;
            case DELETION -> deletion;
        };
    }

    InstantSource clock() {
        return clock;
    }

    Pause pause() {
        return pause;
    }

    ExecutorCounts counts() {
        return counts;
    }

    private static Retry retry(String name, Pacing.Backoff backoff) {
        IntervalFunction grows =
                IntervalFunction.ofExponentialRandomBackoff(
                        backoff.first(), 2, JITTER, backoff.most());
        RetryConfig config =
                RetryConfig.<Asked>custom()
                        // How often is bounded by time, never by number.
                        .maxAttempts(Integer.MAX_VALUE)
                        .retryOnResult(asked -> true)
                        .intervalBiFunction(
                                (attempt, asked) ->
                                        Math.max(grows.apply(attempt), asked.get().millis()))
                        .build();
        return Retry.of(name, config);
    }

    /// How long the API server asked us to wait at least.
    record Asked(Duration atLeast) {
        static Asked by(ApiFailure failure) {
            return new Asked(failure.retryAfter().orElse(Duration.ZERO));
        }

        long millis() {
            return atLeast.toMillis();
        }
    }
}
