package io.podwire.execute;

import io.podwire.protocol.ErrorReason;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// What the executor counts. Thread-safe.
public final class ExecutorCounts {
    private final Map<ErrorReason, LongAdder> retries = new EnumMap<>(ErrorReason.class);
    private final LongAdder calls = new LongAdder();
    private final LongAdder unknownOutcomes = new LongAdder();
    private final LongAdder adoptions = new LongAdder();

    ExecutorCounts() {
        // Complete from the start, so that readers on other threads never see the map change.
        Arrays.stream(ErrorReason.values()).forEach(why -> retries.put(why, new LongAdder()));
    }

    void called() {
        calls.increment();
    }

    void triedAgain(Verdict.Retry verdict) {
        retries(verdict.ifGivenUp()).increment();
        if (verdict.outcome() == Verdict.Outcome.UNKNOWN) {
            unknownOutcomes.increment();
        }
    }

    void adopted() {
        adoptions.increment();
    }

    /// Requests to the API server.
    public long calls() {
        return calls.sum();
    }

    /// Waits before another attempt, by what the command would have been answered without it.
    public long retriesAfter(ErrorReason reason) {
        return retries(reason).sum();
    }

    /// Calls of which it was not known at first whether they had their effect.
    public long unknownOutcomes() {
        return unknownOutcomes.sum();
    }

    /// Pods that were there already when their command was carried out.
    public long adoptions() {
        return adoptions.sum();
    }

    private LongAdder retries(ErrorReason reason) {
        return Objects.requireNonNull(retries.get(reason));
    }
}
