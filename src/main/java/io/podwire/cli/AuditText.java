package io.podwire.cli;

import static io.podwire.audit.Counted.ANSWERED;
import static io.podwire.audit.Counted.COMMANDS;
import static io.podwire.audit.Counted.DUPLICATES;
import static io.podwire.audit.Counted.EVENTS;
import static io.podwire.audit.Counted.EVENTS_OF_EARLIER_COMMANDS;
import static io.podwire.audit.Counted.EVENTS_OF_LATER_COMMANDS;
import static io.podwire.audit.Counted.GAPS_OF_TRANSITIONS;
import static io.podwire.audit.Counted.LOG_CHUNKS;
import static io.podwire.audit.Counted.LOG_GAPS;
import static io.podwire.audit.Counted.OPEN;
import static io.podwire.audit.Counted.PODS;
import static io.podwire.audit.Counted.STATES;
import static io.podwire.audit.Counted.STATES_COMPARED;
import static io.podwire.audit.Counted.STATES_NOT_COMPARABLE;
import static io.podwire.audit.Counted.TRANSACTIONS;
import static io.podwire.audit.Counted.TRANSACTIONS_CUT;
import static io.podwire.audit.Counted.TRANSITIONS;
import static io.podwire.audit.Counted.WAITING;

import io.podwire.audit.AuditRange.Beginning;
import io.podwire.audit.AuditSummary;
import io.podwire.audit.Counted;
import io.podwire.audit.Finding;
import io.podwire.kafka.Topics;
import io.podwire.protocol.RecordRef;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What an audit found, for people.
final class AuditText {
    private AuditText() {}

    static String of(Finding finding) {
        return "%s  %s  %s  (%s)"
                .formatted(
                        finding.kind(),
                        finding.pod().orElse("-"),
                        finding.sentence(),
                        finding.records().stream()
                                .map(RecordRef::toString)
                                .collect(Collectors.joining(", ")));
    }

    static List<String> of(AuditSummary summary, Topics topics) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s  %s in %d partitions: %s answered (%s as duplicates), %s open, %s not taken yet"
                        .formatted(
                                topics.commands(),
                                many(summary, COMMANDS, "command"),
                                summary.range().partitions().size(),
                                number(summary, ANSWERED),
                                number(summary, DUPLICATES),
                                number(summary, OPEN),
                                number(summary, WAITING)));
        lines.add(
                "%s  %s in %s: %s of %s, %s and %s of logs"
                        .formatted(
                                topics.events(),
                                many(summary, EVENTS, "event"),
                                many(summary, TRANSACTIONS, "transaction"),
                                many(summary, TRANSITIONS, "transition"),
                                many(summary, PODS, "pod"),
                                many(summary, LOG_CHUNKS, "chunk"),
                                many(summary, LOG_GAPS, "gap")));
        lines.add(
                "%s  %s: %s compared with the events"
                        .formatted(
                                topics.states(),
                                many(summary, STATES, "state"),
                                number(summary, STATES_COMPARED)));
        lines.addAll(notJudged(summary));
        lines.add(verdict(summary));
        return lines;
    }

    private static List<String> notJudged(AuditSummary summary) {
        List<String> lines = new ArrayList<>();
        String cut =
                summary.range().partitions().entrySet().stream()
                        .filter(part -> part.getValue().events() == Beginning.CUT)
                        .map(part -> part.getKey() + " from offset " + part.getValue().from())
                        .sorted()
                        .collect(Collectors.joining(", "));
        if (!cut.isEmpty()) {
            lines.add("older events are not read; commands judged in partition " + cut);
        }
        add(lines, summary, EVENTS_OF_EARLIER_COMMANDS, "events of earlier commands not judged");
        add(lines, summary, EVENTS_OF_LATER_COMMANDS, "events of later commands not judged");
        add(lines, summary, TRANSACTIONS_CUT, "transactions that began before not judged");
        add(lines, summary, STATES_NOT_COMPARABLE, "states without events left not judged");
        add(lines, summary, GAPS_OF_TRANSITIONS, "transitions say that one before them is unknown");
        return lines;
    }

    private static void add(
            List<String> lines, AuditSummary summary, Counted what, String sentence) {
        if (summary.count(what) > 0) {
            lines.add(number(summary, what) + " " + sentence);
        }
    }

    private static String verdict(AuditSummary summary) {
        if (summary.clean()) {
            return "nothing found";
        }
        return "found: "
                + summary.findings().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String many(AuditSummary summary, Counted what, String word) {
        return number(summary, what) + " " + word + (summary.count(what) == 1 ? "" : "s");
    }

    private static String number(AuditSummary summary, Counted what) {
        return "%,d".formatted(summary.count(what));
    }
}
