package io.podwire.faults;

import io.podwire.audit.Finding;
import io.podwire.testkit.AnswerTally;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Judges a run by the promises: one answer for each time a command was sent, topics that the audit finds nothing in, and at most one pod for each create.
final class Oracle {
    private static final int SHOWN = 20;

    private Oracle() {}

    /// Waits until all is answered and settled; one sentence for each broken promise.
    ///
    /// @param provoked creates that may have made more than one pod
    static List<String> violations(WorkerBench bench, PodCensus census, Set<String> provoked)
            throws InterruptedException {
        List<String> all = new ArrayList<>(unsettled(bench));
        all.addAll(answers(bench));
        bench.audit().findings().stream().map(Finding::json).forEach(all::add);
        Map<String, Set<String>> twice = census.moreThanOne(bench.group());
        twice.keySet().removeAll(provoked);
        twice.forEach((id, pods) -> all.add("command %s created pods %s".formatted(id, pods)));
        return all;
    }

    private static List<String> unsettled(WorkerBench bench) throws InterruptedException {
        try {
            bench.awaitAllAnswered();
            return List.of();
        } catch (AssertionError e) {
            return List.of("not all was answered: " + shortened(String.valueOf(e.getMessage())));
        }
    }

    private static String shortened(String text) {
        return text.substring(Math.max(0, text.length() - 4_000));
    }

    private static List<String> answers(WorkerBench bench) {
        AnswerTally answers = bench.events().answers();
        Map<String, Long> sent = bench.sentNanos();
        List<String> wrong = new ArrayList<>();
        for (String id : sent.keySet()) {
            if (answers.of(id) != bench.sendings(id)) {
                wrong.add(
                        "command %s, sent %d times, has %d answers"
                                .formatted(id, bench.sendings(id), answers.of(id)));
            }
        }
        if (wrong.size() > SHOWN) {
            wrong.set(SHOWN - 1, "and %d more".formatted(wrong.size() - SHOWN + 1));
        }
        return wrong;
    }
}
