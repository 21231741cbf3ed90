package io.podwire.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;

/// Finds a smaller plan that breaks the same promise: first without faults, then without commands that it can do without.
final class Shrinking {
    private final Simulator simulator;
    private final String kind;
    private Report smallest;
    private int runsLeft;

    /// @param runs how many runs it may cost
    Shrinking(Simulator simulator, Report found, String kind, int runs) {
        this.simulator = simulator;
        this.kind = kind;
        this.smallest = found;
        this.runsLeft = runs;
    }

    Report smallest() {
        shrink(
                smallest.faults(),
                (plan, kept) -> new Plan(plan.seed(), plan.commands(), Optional.of(kept)));
        shrink(
                smallest.commands(),
                (plan, kept) -> new Plan(plan.seed(), Optional.of(kept), plan.faults()));
        shrink(
                smallest.faults(),
                (plan, kept) -> new Plan(plan.seed(), plan.commands(), Optional.of(kept)));
        return smallest;
    }

    /// Leaves out halves, then quarters, and so on down to single ones.
    private void shrink(List<Long> all, BiFunction<Plan, Set<Long>, Plan> keeping) {
        List<Long> kept = new ArrayList<>(all);
        int size = kept.size();
        while (size >= 1) {
            for (int from = 0; from < kept.size() && runsLeft > 0; ) {
                Set<Long> without = new TreeSet<>(kept);
                List<Long> left = kept.subList(from, Math.min(kept.size(), from + size));
                left.forEach(without::remove);
                if (breaks(keeping.apply(smallest.plan(), without))) {
                    kept = new ArrayList<>(without);
                } else {
                    from += size;
                }
            }
            size = size == 1 ? 0 : Math.max(1, size / 2);
        }
    }

    private boolean breaks(Plan plan) {
        runsLeft--;
        Report report = simulator.run(plan);
        boolean breaks = report.breaks(kind);
        if (breaks) {
            smallest = report;
        }
        return breaks;
    }
}
