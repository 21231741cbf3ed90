package io.podwire.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Which of the four topics are there, and which are to be made.
///
/// @param flaw one sentence for what no making of topics mends
public record TopicPlan(List<Step> steps, Optional<String> flaw) {
    public TopicPlan {
        steps = List.copyOf(steps);
        Objects.requireNonNull(flaw, "flaw");
    }

    /// What is missing gets as many partitions as the others have: events and states go to the partition of their command.
    ///
    /// @param there how many partitions each topic has that is there
    /// @param partitions where none is there
    static TopicPlan of(Topics topics, Map<String, Integer> there, int partitions) {
        List<String> alike = List.of(topics.commands(), topics.events(), topics.states());
        Map<String, Integer> counts = new TreeMap<>(there);
        counts.keySet().retainAll(alike);
        int count = counts.values().stream().findFirst().orElse(partitions);
        List<Step> steps = new ArrayList<>();
        alike.forEach(topic -> steps.add(Step.of(topic, there, count)));
        steps.add(Step.of(topics.deadLetters(), there, partitions));
        return new TopicPlan(steps, unequal(counts));
    }

    private static Optional<String> unequal(Map<String, Integer> counts) {
        return new HashSet<>(counts.values()).size() <= 1
                ? Optional.empty()
                : Optional.of(
                        "commands, events and states must have equally many partitions, not "
                                + counts
                                + ": make a new set of topics");
    }

    TopicPlan flawed(String sentence) {
        return new TopicPlan(steps, Optional.of(sentence));
    }

    public List<Step> missing() {
        return steps.stream().filter(step -> !step.there()).toList();
    }

    /// One topic.
    ///
    /// @param partitions that it has, or would get
    public record Step(String topic, boolean there, int partitions) {
        static Step of(String topic, Map<String, Integer> there, int otherwise) {
            return new Step(topic, there.containsKey(topic), there.getOrDefault(topic, otherwise));
        }
    }
}
