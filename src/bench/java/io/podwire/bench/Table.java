package io.podwire.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A table of Markdown: the first column is text, the others are numbers.
///
/// Confined to one thread.
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    Table(String... heads) {
        this.columns = heads.length;
        row(List.of(heads));
        List<String> rule = new ArrayList<>(Collections.nCopies(columns, "---:"));
        rule.set(0, "---");
        row(rule);
    }

    void row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException(
                    "a row of %d cells for %d columns: %s".formatted(cells.size(), columns, cells));
        }
        rows.add(List.copyOf(cells));
    }

    /// What the samples were, and more of it.
    void row(String head, Samples samples, String... more) {
        List<String> cells = new ArrayList<>(List.of(head));
        cells.addAll(samples.cells());
        cells.addAll(List.of(more));
        row(cells);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        rows.forEach(cells -> text.append("| ").append(String.join(" | ", cells)).append(" |\n"));
        return text.toString();
    }
}
