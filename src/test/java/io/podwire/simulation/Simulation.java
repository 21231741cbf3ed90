package io.podwire.simulation;

import io.podwire.protocol.RecordRef;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs plans: workers, commands and faults, until all is answered and quiet. Confined to one thread.
public final class Simulation implements Simulator {
    private static final Duration LOOKS = Duration.ofSeconds(2);

    /// Longer than any command may stay open, and than the sweep and a repeated clean-up wait.
    private static final Duration DRAINED = Duration.ofMinutes(12);

    private static final Duration HANGS = Duration.ofSeconds(30);

    /// Somewhat more than any run has needed.
    private static final long MOST_STEPS = 400_000;

    @Override
    public Report run(Plan plan) {
        World world = new World(plan);
        SimulatedTime.use(world.scheduler());
        try (Defects _ = Defects.heard(world.promises())) {
            return new Run(plan, world).report();
        }
    }

    private static final class Run {
        private final Plan plan;
        private final World world;
        private final Scheduler scheduler;
        private final Map<RecordRef, Script.Sending> sent =
                new TreeMap<>(java.util.Comparator.comparing(RecordRef::toString));
        private final List<Long> commands = new ArrayList<>();
        private final Judge judge;
        private long healedNanos;
        private long nextLookNanos;
        private boolean quiet;

        Run(Plan plan, World world) {
            this.plan = plan;
            this.world = world;
            this.scheduler = world.scheduler();
            this.judge = new Judge(world, sent);
        }

        Report report() {
            Fleet fleet = new Fleet(world);
            world.chaos().of(fleet);
            fleet.start();
            prepare();
            live();
            if (world.promises().broken().isEmpty()) {
                judge.judge();
            }
            return result();
        }

        private void prepare() {
            List<Script.Sending> script = Script.of(plan.seed(), scheduler.instant());
            for (Script.Sending each : script) {
                if (plan.sends(each.number())) {
                    var _ = scheduler.after(each.at(), () -> send(each));
                }
            }
            Duration calm = scheduler.between(Duration.ZERO, Duration.ofSeconds(40));
            healedNanos = script.getLast().at().plus(calm).toNanos();
            var _ = scheduler.after(Duration.ofNanos(healedNanos), this::heal);
        }

        private void heal() {
            world.chaos().heal();
            endHanging();
        }

        /// The marker of a worker that is gone comes from nobody else.
        private void endHanging() {
            world.broker().coordinator().endHanging();
            var _ = scheduler.after(HANGS, this::endHanging);
        }

        private void send(Script.Sending each) {
            var at = each.partition(World.PARTITIONS);
            long offset = world.broker().send(at, each.ref().key(), each.value(), List.of());
            sent.put(new RecordRef(at.topic(), at.partition(), offset), each);
            commands.add(each.number());
            world.chaos()
                    .tell(() -> "sent %d@%d %s".formatted(at.partition(), offset, each.summary()));
        }

        private void live() {
            while (!over() && scheduler.step()) {
                if (!world.faults().healed()) {
                    world.chaos().step();
                }
            }
            if (!quiet && world.promises().broken().isEmpty()) {
                judge.unfinished().forEach(world.promises()::broken);
            }
        }

        private boolean over() {
            if (!world.promises().broken().isEmpty() || scheduler.steps() > MOST_STEPS) {
                return true;
            }
            if (world.faults().healed() && scheduler.nanos() > nextLookNanos) {
                nextLookNanos = scheduler.nanos() + LOOKS.toNanos();
                quiet = judge.unfinished().isEmpty();
                return quiet || scheduler.nanos() > healedNanos + DRAINED.toNanos();
            }
            return false;
        }

        private Report result() {
            Map<String, Long> counts = new TreeMap<>(world.faults().counts());
            counts.put("commands", (long) commands.size());
            counts.put(
                    "second pods after others deleted the first", (long) world.promises().holes());
            counts.put("second pods of workers given up", (long) world.promises().belated());
            counts.put("events", (long) world.promises().told().size());
            counts.put("virtual seconds", scheduler.nanos() / 1_000_000_000L);
            return new Report(
                    plan,
                    scheduler.steps(),
                    trace(),
                    commands,
                    world.faults().happened(),
                    counts,
                    world.promises().broken().isEmpty() ? List.of() : world.chaos().story(),
                    world.promises().broken());
        }

        /// Over the steps, and over all that was published.
        private long trace() {
            long trace = scheduler.trace();
            for (String topic : List.of(Script.EVENTS, Script.DEAD_LETTERS)) {
                for (int partition = 0; partition < World.PARTITIONS; partition++) {
                    for (LogRecord each : world.broker().committed(topic, partition)) {
                        String value =
                                new String(each.value().orElseThrow(), StandardCharsets.UTF_8);
                        trace = trace * 31 + value.hashCode();
                    }
                }
            }
            return trace;
        }
    }
}
