package io.podwire.ledger;

import io.podwire.protocol.PodStatus.Container;

import java.util.Comparator;

/// How far a container has come: which of its runs, and whether that waits to begin, runs or has ended.
record Point(int run, Stage stage) implements Comparable<Point> {
    private static final Comparator<Point> ORDER =
            Comparator.comparingInt(Point::run).thenComparing(Point::stage);

    enum Stage {
        WAITS,
        RUNS,
        ENDED
    }

    static Point of(Container container) {
        return new Point(container.restarts(), stage(container));
    }

    /// A container that waits for its next run still shows how the newest one ended.
    private static Stage stage(Container container) {
        return switch (container.state()) {
            case WAITING -> container.exitCode().isPresent() ? Stage.ENDED : Stage.WAITS;
            case RUNNING -> Stage.RUNS;
            case TERMINATED -> Stage.ENDED;
        };
    }

    boolean begun() {
        return run > 0 || stage != Stage.WAITS;
    }

    boolean before(Point other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Point other) {
        return ORDER.compare(this, other);
    }
}
