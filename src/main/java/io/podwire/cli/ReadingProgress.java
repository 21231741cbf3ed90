package io.podwire.cli;

import io.podwire.observe.LogFormat;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;

/// Shows how many records were read, where a person looks on. Confined to the reading thread.
final class ReadingProgress implements Runnable, AutoCloseable {
    private static final long PACE_NANOS = Duration.ofMillis(250).toNanos();

    private final Optional<PrintWriter> terminal;
    private long records;
    private long shownNanos = System.nanoTime();
    private boolean shown;

    private ReadingProgress(Optional<PrintWriter> terminal) {
        this.terminal = terminal;
    }

    /// Shows nothing where the program does not run on a terminal.
    static ReadingProgress on(PrintWriter err) {
        return new ReadingProgress(Optional.of(err).filter(_ -> LogFormat.onTerminal()));
    }

    /// One more record.
    @Override
    public void run() {
        records++;
        if (terminal.isPresent() && System.nanoTime() - shownNanos >= PACE_NANOS) {
            show("reading: %,d records".formatted(records));
            shownNanos = System.nanoTime();
        }
    }

    private void show(String text) {
        terminal.ifPresent(
                err -> {
                    err.print("\r" + text);
                    err.flush();
                });
        shown = true;
    }

    /// Wipes the line away, so that other lines may follow.
    void wipe() {
        if (shown) {
            show(" ".repeat(60) + "\r");
            shown = false;
        }
    }

    @Override
    public void close() {
        wipe();
    }
}
