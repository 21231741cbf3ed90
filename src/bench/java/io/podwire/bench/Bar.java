package io.podwire.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is promised of the figures, and whether they keep it.
///
/// Confined to one thread.
final class Bar {
    private final List<String> lines = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();

    void atLeast(String what, double figure, double bar) {
        judge("%s: %.2f, wanted at least %.2f", what, figure, bar, figure >= bar);
    }

    void atMost(String what, double figure, double bar) {
        judge("%s: %.2f, wanted at most %.2f", what, figure, bar, figure <= bar);
    }

    void none(String what, long count) {
        judge("%s: %.0f, wanted %.0f", what, (double) count, 0, count == 0);
    }

    private void judge(String form, String what, double figure, double bar, boolean kept) {
        String line = String.format(Locale.ROOT, form, what, figure, bar);
        lines.add((kept ? "- kept: " : "- **missed**: ") + line);
        if (!kept) {
            missed.add(line);
        }
    }

    String markdown() {
        return "\n" + String.join("\n", lines) + "\n";
    }

    List<String> missed() {
        return missed;
    }
}
