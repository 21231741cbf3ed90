package io.podwire.simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What became of a run.
///
/// @param trace a hash over every step: which thread, and when
/// @param commands the numbers of those sent
/// @param faults the numbers of those that happened
/// @param counts what happened how often, faults by kind among it
/// @param story the faults and the commands, as they came
public record Report(
        Plan plan,
        long steps,
        long trace,
        List<Long> commands,
        List<Long> faults,
        Map<String, Long> counts,
        List<String> story,
        List<Violation> violations) {
    public Report {
        commands = List.copyOf(commands);
        faults = List.copyOf(faults);
        counts = new TreeMap<>(counts);
        story = List.copyOf(story);
        violations = List.copyOf(violations);
    }

    public boolean breaks(String kind) {
        return violations.stream().anyMatch(each -> each.kind().equals(kind));
    }

    public TreeSet<String> kinds() {
        TreeSet<String> kinds = new TreeSet<>();
        violations.forEach(each -> kinds.add(each.kind()));
        return kinds;
    }

    /// For people: what is broken, the plan, and what happened.
    public String text() {
        StringBuilder text = new StringBuilder();
        violations.forEach(
                each -> text.append(each.kind()).append(": ").append(each.sentence()).append('\n'));
        text.append("again: ./mvnw test -Dtest=SimulationTest -Dpodwire.simulation.plan=")
                .append(plan.text())
                .append('\n');
        story.forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }
}
