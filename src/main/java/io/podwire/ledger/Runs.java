package io.podwire.ledger;

import io.podwire.ledger.Point.Stage;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.PodStatus.Container;
import io.podwire.protocol.PodStatus.ContainerState;
import io.podwire.protocol.PodStatus.Run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What became of one container between two looks at it: the starts and ends that it still shows, and whether there were others.
///
/// @param hidden what must have happened and cannot be known any more, as a sentence
record Runs(List<Moment> moments, Optional<String> hidden) {
    /// How a runtime calls the end of a container of which it knows nothing any more.
    private static final String LOST = "ContainerStatusUnknown";

    Runs {
        moments = List.copyOf(moments);
    }

    /// How the container showed in a look at the pod; where it did not, it had not begun.
    static Container of(PodStatus pod, Container container) {
        return pod.containers().stream()
                .filter(each -> each.name().equals(container.name()))
                .findFirst()
                .orElseGet(() -> unborn(container));
    }

    private static Container unborn(Container container) {
        return new Container(
                container.name(),
                container.kind(),
                ContainerState.WAITING,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                Optional.empty());
    }

    static Runs between(Container before, Container now) {
        Point from = Point.of(before);
        Point to = Point.of(now);
        if (to.before(from)) {
            return new Runs(List.of(), forgotten(before, from, to));
        }
        List<Moment> moments = new ArrayList<>();
        now.before().ifPresent(run -> moments.addAll(whole(now, to.run() - 1, run, from)));
        moments.addAll(newest(now, from, to));
        return new Runs(moments, hidden(now, from, to));
    }

    /// A status that has lost its containers says nothing new; one that counts from the beginning has lost runs.
    private static Optional<String> forgotten(Container before, Point from, Point to) {
        boolean known = to.stage() == Stage.WAITS && from.stage() != Stage.RUNS;
        return known
                ? Optional.empty()
                : Optional.of(
                        "%s: how its run %d ended is not shown any more"
                                .formatted(before.name(), from.run()));
    }

    private static List<Moment> newest(Container now, Point from, Point to) {
        return switch (to.stage()) {
            case WAITS -> List.of();
            case RUNS -> start(now, to.run(), now.startedAt(), from);
            case ENDED -> whole(now, to.run(), newestRun(now), from);
        };
    }

    /// A container that waits says why it does, and not why its run ended.
    private static Run newestRun(Container now) {
        return new Run(
                now.reason().filter(_ -> now.state() == ContainerState.TERMINATED),
                now.exitCode(),
                now.signal(),
                now.startedAt(),
                now.finishedAt());
    }

    private static List<Moment> whole(Container now, int number, Run run, Point from) {
        List<Moment> moments = new ArrayList<>(start(now, number, run.startedAt(), from));
        if (from.before(new Point(number, Stage.ENDED))) {
            moments.add(Moment.end(now, number, run));
        }
        return moments;
    }

    private static List<Moment> start(
            Container now, int number, Optional<Instant> startedAt, Point from) {
        return from.before(new Point(number, Stage.RUNS))
                ? startedAt.map(at -> Moment.start(now, number, at)).stream().toList()
                : List.of();
    }

    private static Optional<String> hidden(Container now, Point from, Point to) {
        int first = now.before().isPresent() ? to.run() - 1 : to.run();
        if (from.before(new Point(first - 1, Stage.ENDED))) {
            return Optional.of(
                    "%s: of its runs before run %d only those told before are known"
                            .formatted(now.name(), first));
        }
        boolean lost =
                to.stage() == Stage.ENDED
                        && from.before(new Point(to.run(), Stage.RUNS))
                        && now.startedAt().isEmpty()
                        && now.reason().filter(LOST::equals).isPresent();
        return lost
                ? Optional.of(
                        "%s: whether its run %d began is not known".formatted(now.name(), to.run()))
                : Optional.empty();
    }
}
