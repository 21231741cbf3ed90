package io.podwire.simulation;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What one run does: the same plan does the same, step by step.
///
/// @param commands which of the seed's commands are sent; empty: all
/// @param faults which of the seed's faults happen, by their numbers; empty: all
public record Plan(long seed, Optional<Set<Long>> commands, Optional<Set<Long>> faults) {
    public Plan {
        commands = commands.map(TreeSet::new);
        faults = faults.map(TreeSet::new);
    }

    public static Plan of(long seed) {
        return new Plan(seed, Optional.empty(), Optional.empty());
    }

    public boolean sends(long command) {
        return commands.map(kept -> kept.contains(command)).orElse(true);
    }

    public boolean allows(long fault) {
        return faults.map(kept -> kept.contains(fault)).orElse(true);
    }

    /// As it is given to `-Dpodwire.simulation.plan=`.
    public String text() {
        return seed + "/" + list(commands) + "/" + list(faults);
    }

    private static String list(Optional<Set<Long>> kept) {
        return kept.map(
                        numbers ->
                                numbers.stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")))
                .orElse("all");
    }

    public static Plan parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a plan is seed/commands/faults: " + text);
        }
        Function<String, Optional<Set<Long>>> kept =
                part ->
                        part.equals("all")
                                ? Optional.empty()
                                : Optional.of(
                                        Arrays.stream(part.split(","))
                                                .filter(number -> !number.isEmpty())
                                                .map(Long::valueOf)
                                                .collect(Collectors.toSet()));
        return new Plan(Long.parseLong(parts[0]), kept.apply(parts[1]), kept.apply(parts[2]));
    }
}
