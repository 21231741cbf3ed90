package io.podwire.faults;

import io.podwire.codec.ReadEvent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the topic of events tells of each pod object, and whether that is the whole of its life.
///
/// @param told the transitions by uid, in their order
record PodTales(Map<String, List<ReadEvent.Transition>> told) {
    private static final Set<String> ENDS = Set.of("Succeeded", "Failed");
    private static final Set<String> RUNS = Set.of("Running", "Ready");

    static PodTales of(WorkerBench bench) {
        Map<String, List<ReadEvent.Transition>> told = new TreeMap<>();
        for (ReadEvent event : bench.events().all()) {
            if (event.body() instanceof ReadEvent.Transition transition) {
                told.computeIfAbsent(event.podUid().orElseThrow(), _ -> new ArrayList<>())
                        .add(transition);
            }
        }
        return new PodTales(told);
    }

    /// How many pods there are of which something is told.
    int pods() {
        return told.size();
    }

    /// Those of which it is told how they ended, or that nobody knows.
    long ended() {
        return told.values().stream().filter(PodTales::hasEnd).count();
    }

    private static boolean hasEnd(List<ReadEvent.Transition> life) {
        boolean gap = life.stream().anyMatch(each -> each.provenance().equals("gap"));
        boolean end = life.stream().anyMatch(each -> ENDS.contains(each.to()));
        return end || (gap && life.getLast().to().equals("Deleted"));
    }

    /// In how many lives the pod is told to have run, and this is how it is known.
    long runs(String provenance) {
        return told.values().stream()
                .filter(
                        life ->
                                life.stream()
                                        .filter(each -> RUNS.contains(each.to()))
                                        .findFirst()
                                        .filter(first -> first.provenance().equals(provenance))
                                        .isPresent())
                .count();
    }

    long transitions(String provenance) {
        return told.values().stream()
                .flatMap(List::stream)
                .filter(each -> each.provenance().equals(provenance))
                .count();
    }

    String counts() {
        return "%d pods told by %d observed and %d inferred transitions and %d gaps; of %d is seen that they ran, of %d inferred"
                .formatted(
                        pods(),
                        transitions("observed"),
                        transitions("inferred"),
                        transitions("gap"),
                        runs("observed"),
                        runs("inferred"));
    }

    /// One sentence for each life that is not whole.
    List<String> violations() {
        List<String> all = new ArrayList<>();
        told.forEach(
                (uid, life) -> {
                    if (!hasEnd(life)) {
                        all.add("%s has no end: %s".formatted(uid, text(life)));
                    }
                    if (!inOrder(life)) {
                        all.add("%s has a hole or a repeat: %s".formatted(uid, text(life)));
                    }
                    if (succeededWithoutRunning(life)) {
                        all.add("%s has succeeded and not run: %s".formatted(uid, text(life)));
                    }
                });
        return all;
    }

    private static boolean inOrder(List<ReadEvent.Transition> life) {
        List<Long> seqs = life.stream().map(ReadEvent.Transition::seq).toList();
        return seqs.getFirst() == 1
                && seqs.getLast() == seqs.size()
                && seqs.equals(seqs.stream().distinct().sorted(Comparator.naturalOrder()).toList());
    }

    private static boolean succeededWithoutRunning(List<ReadEvent.Transition> life) {
        List<String> states = life.stream().map(ReadEvent.Transition::to).toList();
        int end = states.indexOf("Succeeded");
        return end >= 0 && states.subList(0, end).stream().noneMatch(RUNS::contains);
    }

    static String text(List<ReadEvent.Transition> life) {
        return life.stream()
                .map(
                        each ->
                                "%d %s (%s) %s"
                                        .formatted(
                                                each.seq(),
                                                each.to(),
                                                each.status().word(),
                                                each.provenance()))
                .collect(Collectors.joining(", "));
    }
}
