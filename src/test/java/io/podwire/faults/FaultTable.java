package io.podwire.faults;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What the fault tests have measured, kept over the JVMs of one build and shown as markdown.
///
/// Thread-safe, also among JVMs. Rows are kept in `target`; the table is written anew with each of them, and where this run is
/// one for the record, its rows take their places there.
final class FaultTable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path ROWS = Path.of("target", "reliability.jsonl");

    /// Held while the table is written: several JVMs of one build may do it.
    private static final Path LOCK = Path.of("target", "reliability.lock");

    private static final Path TABLE = Path.of("target", "reliability.md");
    private static final Path RECORD = Path.of("docs", "reliability.md");

    private FaultTable() {}

    /// Takes the place of what was measured of the same before.
    static synchronized void add(FaultRow row) {
        try {
            Files.createDirectories(LOCK.getParent());
            try (var file = FileChannel.open(LOCK, CREATE, WRITE);
                    var _ = file.lock()) {
                addAlone(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addAlone(FaultRow row) throws IOException {
        List<FaultRow> rows = new ArrayList<>(rows());
        rows.removeIf(row::replaces);
        rows.add(row);
        rows.sort(Comparator.comparing(FaultRow::id).thenComparing(FaultRow::cluster));
        write(ROWS, String.join("\n", rows.stream().map(JSON::writeValueAsString).toList()));
        write(TABLE, FaultPage.of(rows, List.of()));
        if (FaultForm.recorded()) {
            write(RECORD, FaultPage.of(rows, record()));
        }
    }

    /// The lines of the page as it is.
    private static List<String> record() throws IOException {
        return Files.exists(RECORD) ? Files.readAllLines(RECORD) : List.of();
    }

    private static List<FaultRow> rows() {
        if (!Files.exists(ROWS)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(ROWS, StandardCharsets.UTF_8)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> JSON.readValue(line, FaultRow.class))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
