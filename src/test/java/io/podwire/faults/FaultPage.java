package io.podwire.faults;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The rows of the fault tests as markdown: a table for each form.
final class FaultPage {
    private static final String SUM = "Measured last: ";

    private FaultPage() {}

    /// The page.
    ///
    /// @param rows measured now
    /// @param before lines of the page as it was, of which stays what was not measured now
    static String of(List<FaultRow> rows, List<String> before) {
        List<String> lines = new ArrayList<>(FaultMachine.lines());
        for (FaultForm form : FaultForm.values()) {
            String heading = "## The %s form".formatted(form.word());
            lines.addAll(
                    section(
                            heading,
                            rows.stream().filter(row -> row.form().equals(form.word())).toList(),
                            section(heading, before)));
        }
        return String.join("\n", lines);
    }

    /// What is under that heading.
    private static List<String> section(String heading, List<String> lines) {
        int begin = lines.indexOf(heading);
        if (begin < 0) {
            return List.of();
        }
        List<String> under = lines.subList(begin + 1, lines.size());
        return under.stream().takeWhile(line -> !line.startsWith("## ")).toList();
    }

    private static List<String> section(String heading, List<FaultRow> rows, List<String> before) {
        Map<String, String> table = new TreeMap<>();
        before.stream()
                .filter(line -> line.startsWith("| ") && !line.equals(FaultRow.HEADER))
                .forEach(line -> table.put(subject(line), line));
        rows.stream().map(FaultRow::markdown).forEach(line -> table.put(subject(line), line));
        if (table.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", heading, ""));
        if (rows.isEmpty()) {
            before.stream().filter(line -> line.startsWith(SUM)).forEach(lines::add);
        } else {
            lines.add(sum(rows));
        }
        lines.addAll(List.of("", FaultRow.HEADER, FaultRow.RULER));
        lines.addAll(table.values());
        return lines;
    }

    /// The cells that say what was measured.
    private static String subject(String line) {
        int third = line.indexOf(" | ", line.indexOf(" | ", line.indexOf(" | ") + 1) + 1);
        return line.substring(0, third);
    }

    private static String sum(List<FaultRow> rows) {
        double seconds = rows.stream().mapToDouble(FaultRow::seconds).sum();
        return SUM
                + "%d rows, which took %.0f s in all, %d s by the clock: tests run side by side."
                        .formatted(rows.size(), seconds, byTheClock(rows).toSeconds());
    }

    /// While at least one of them was under way.
    private static Duration byTheClock(List<FaultRow> rows) {
        Duration all = Duration.ZERO;
        Instant until = Instant.MIN;
        for (FaultRow row : rows.stream().sorted(comparing(FaultRow::began)).toList()) {
            Instant from = row.began().isAfter(until) ? row.began() : until;
            if (row.ended().isAfter(from)) {
                all = all.plus(Duration.between(from, row.ended()));
                until = row.ended();
            }
        }
        return all;
    }
}
