package io.podwire.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The page that the figures are written into, each section between marks of its own; all other text is left alone.
final class PerformancePage {
    private final Path file;

    /// @param file has the marks already
    PerformancePage(Path file) {
        this.file = file;
    }

    /// Replaces what is between the marks of that name, and the section's plots beside the page.
    void write(String section, String head, Written written) {
        try {
            StringBuilder text = new StringBuilder(head).append('\n').append(written.markdown());
            Path plots = file.resolveSibling("performance");
            for (Map.Entry<String, Plot> each : written.plots().entrySet()) {
                String name = each.getKey() + ".svg";
                Files.createDirectories(plots);
                Files.writeString(plots.resolve(name), each.getValue().svg());
                text.append("\n![%s](performance/%s)\n".formatted(each.getValue().title(), name));
            }
            Files.writeString(file, between(section, text.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String between(String section, String text) throws IOException {
        String page = Files.readString(file);
        String begin = "<!-- begin " + section + " -->\n";
        String end = "<!-- end " + section + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalStateException(
                    "%s has no lines '%s' and '%s'".formatted(file, begin.strip(), end));
        }
        return page.substring(0, from + begin.length()) + text + page.substring(to);
    }
}
