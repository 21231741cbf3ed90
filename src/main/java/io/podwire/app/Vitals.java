package io.podwire.app;

import io.podwire.http.Check;
import io.podwire.http.Health;
import io.podwire.http.Probes;
import io.podwire.kafka.Assignment;
import io.podwire.kafka.Intake;
import io.podwire.kubernetes.PodWatch;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// Whether a worker lives, has started, and does its work, for those who ask from outside. Thread-safe.
final class Vitals {
    /// A rebalance may hold the intake for the drain time and a commit; only a stuck one is held longer.
    private static final Duration STUCK = Duration.ofMinutes(3);

    private final String brokers;

    private volatile Optional<Working> working = Optional.empty();

    /// @param brokers where Kafka is, as the operator wrote it
    Vitals(String brokers) {
        this.brokers = Objects.requireNonNull(brokers, "brokers");
    }

    private record Working(Intake intake, Assignment assignment, PodWatch watch) {}

    /// The topics are right, and these have begun to work.
    void begin(Intake intake, Assignment assignment, PodWatch watch) {
        working = Optional.of(new Working(intake, assignment, watch));
    }

    Probes probes() {
        Check started = check("topics", _ -> new Health.Good("as they must be"));
        return new Probes(
                List.of(new Check("intake", this::live)),
                List.of(
                        check("kafka", this::kafka),
                        check("partitions", Vitals::partitions),
                        check("watch", Vitals::watch)),
                List.of(started));
    }

    /// Bad until the worker works.
    private Check check(String name, Function<Working, Health> health) {
        return new Check(
                name,
                () ->
                        working.map(health)
                                .orElseGet(
                                        () ->
                                                new Health.Bad(
                                                        "waits for Kafka at %s and its topics"
                                                                .formatted(brokers))));
    }

    private Health live() {
        Duration still = working.map(at -> at.intake().sinceLastPoll()).orElse(Duration.ZERO);
        return still.compareTo(STUCK) < 0
                ? new Health.Good("not stuck")
                : new Health.Bad("has not polled for %d s".formatted(still.toSeconds()));
    }

    private Health kafka(Working at) {
        return at.intake().connected()
                ? new Health.Good("connected")
                : new Health.Bad("no connection to a broker of " + brokers);
    }

    private static Health partitions(Working at) {
        Assignment.Standing standing = at.assignment().standing();
        String detail =
                "%d assigned, %d at work".formatted(standing.assigned(), standing.working());
        return standing.working() == standing.assigned()
                ? new Health.Good(detail)
                : new Health.Bad(detail);
    }

    private static Health watch(Working at) {
        return at.watch().watching()
                ? new Health.Good("pods are watched")
                : new Health.Bad("not every watch on pods is open");
    }
}
