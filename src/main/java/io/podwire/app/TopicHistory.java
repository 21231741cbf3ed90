package io.podwire.app;

import io.podwire.audit.PodSink;
import io.podwire.http.History;
import io.podwire.kafka.HeldPods;
import io.podwire.kafka.PodHistory;
import io.podwire.kafka.PodHistory.Place;
import io.podwire.kafka.PodHistory.Wanted;
import io.podwire.kafka.TopicLayout;
import io.podwire.kafka.Unanswered;
import io.podwire.protocol.Known;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Histories out of the topics, few at a time and each for a short time: the worker's own work goes first.
///
/// Thread-safe.
final class TopicHistory implements History {
    private static final int AT_A_TIME = 3;
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /// Of a pod that is not known here.
    private static final Duration USUAL = Duration.ofDays(1);

    private final PodHistory history;
    private final Function<PodRef, Optional<HeldPods.Place>> held;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    TopicHistory(
            PodHistory history,
            Function<PodRef, Optional<HeldPods.Place>> held,
            InstantSource clock) {
        this.history = history;
        this.held = held;
        this.clock = clock;
    }

    @Override
    public Reading read(PodRef pod, Since since, PodSink sink, BooleanSupplier enough) {
        if (!places.tryAcquire()) {
            return new Reading.Unavailable(
                    "%d histories are being read already: try again in a few seconds"
                            .formatted(AT_A_TIME));
        }
        try {
            Wanted wanted = wanted(pod, since);
            Instant deadline = clock.instant().plus(LONGEST);
            BooleanSupplier over = () -> enough.getAsBoolean() || clock.instant().isAfter(deadline);
            return new Reading.Read(wanted.from(), history.read(wanted, sink, over));
        } catch (Unanswered | TopicLayout.Flawed e) {
            return new Reading.Unavailable(String.valueOf(e.getMessage()));
        } finally {
            places.release();
        }
    }

    private Wanted wanted(PodRef pod, Since since) {
        return switch (since) {
            case Since.Known _ ->
                    held.apply(pod)
                            .flatMap(place -> sinceFirstCommand(pod, place))
                            .orElseGet(() -> since(pod, USUAL));
            case Since.Ago(var duration) -> since(pod, duration);
            case Since.Ever _ -> new Wanted(pod, Optional.empty(), Optional.empty());
        };
    }

    private Wanted since(PodRef pod, Duration ago) {
        return new Wanted(pod, Optional.empty(), Optional.of(clock.instant().minus(ago)));
    }

    private static Optional<Wanted> sinceFirstCommand(PodRef pod, HeldPods.Place place) {
        PodState state = place.state();
        Optional<Instant> from = state.known().all().map(Known::at).min(Instant::compareTo);
        long offset = state.known().all().mapToLong(id -> id.in().offset()).min().orElse(0);
        return from.map(
                at ->
                        new Wanted(
                                pod,
                                Optional.of(new Place(place.partition(), offset)),
                                Optional.of(at)));
    }
}
