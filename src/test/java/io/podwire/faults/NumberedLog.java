package io.podwire.faults;

import io.podwire.codec.ReadEvent;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A log whose lines say which they are, and whether all that was printed was told: once, or covered by a gap.
///
/// Every seventh line goes to standard error; the order holds within each of the two streams. Confined to the test's thread.
final class NumberedLog {
    private static final int ERROR_EVERY = 7;
    private static final String PADDING = "x".repeat(60);

    private final int runs;
    private final int lines;
    private final Map<Character, Stream> streams = new LinkedHashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final Set<String> gapsHere = new HashSet<>();
    private final StringBuilder unfinished = new StringBuilder();
    private int run;
    private long told;
    private long gaps;

    /// @param lines of each run of the container
    NumberedLog(int runs, int lines) {
        this.runs = runs;
        this.lines = lines;
        streams.put('o', new Stream());
        streams.put('e', new Stream());
    }

    /// What the shell is to do: so many lines at once, then nothing for a quarter of a second.
    String script(int burst) {
        return ("i=0; while [ $i -lt %d ]; do i=$((i+1));"
                        + " if [ $((i%%%d)) -eq 0 ]; then echo e$i-%s >&2; else echo o$i-%s; fi;"
                        + " [ $((i%%%d)) -eq 0 ] && sleep 0.25; done")
                .formatted(lines, ERROR_EVERY, PADDING, PADDING, burst);
    }

    /// Takes the events of the session that read it, in their order.
    void take(List<ReadEvent> events) {
        for (ReadEvent event : events) {
            switch (event.body()) {
                case ReadEvent.Chunk chunk -> take(chunk);
                case ReadEvent.Gap gap -> take(gap);
                case ReadEvent.Accepted _,
                        ReadEvent.Succeeded _,
                        ReadEvent.Failed _,
                        ReadEvent.Rejected _,
                        ReadEvent.Duplicate _,
                        ReadEvent.Transition _,
                        ReadEvent.Other _ -> {}
            }
        }
        requireNoPart();
        streams.forEach((name, stream) -> stream.reach(name, (long) runs * lines + 1));
    }

    private void take(ReadEvent.Chunk chunk) {
        if (chunk.restart() != run) {
            requireNoPart();
            run = chunk.restart();
        }
        unfinished.append(chunk.text());
        int newline = unfinished.indexOf("\n");
        while (newline >= 0) {
            take(unfinished.substring(0, newline));
            unfinished.delete(0, newline + 1);
            newline = unfinished.indexOf("\n");
        }
    }

    private void take(String line) {
        Stream stream = streams.get(line.isEmpty() ? ' ' : line.charAt(0));
        int dash = line.indexOf('-');
        if (stream == null || dash < 0 || !line.substring(dash + 1).equals(PADDING)) {
            broken.add("a line that nobody printed in run %d: %s".formatted(run, line));
            return;
        }
        told++;
        stream.take(line.charAt(0), run * (long) lines + Integer.parseInt(line.substring(1, dash)));
        gapsHere.clear();
    }

    private void take(ReadEvent.Gap gap) {
        requireNoPart();
        gaps++;
        streams.values().forEach(stream -> stream.gaps++);
        if (!gapsHere.add(gap.restart() + gap.reason())) {
            broken.add("a gap was told twice: " + gap);
        }
    }

    private void requireNoPart() {
        if (!unfinished.isEmpty()) {
            broken.add("a line without its end in run %d: %s".formatted(run, unfinished));
            unfinished.setLength(0);
        }
    }

    /// What was lost in silence, told twice or told wrong.
    List<String> broken() {
        return List.copyOf(broken);
    }

    long told() {
        return told;
    }

    long gaps() {
        return gaps;
    }

    /// Lines that are covered by gaps.
    long missing() {
        return streams.values().stream().mapToLong(stream -> stream.missing).sum();
    }

    /// Standard output or standard error: its lines, counted over all runs.
    private final class Stream {
        private long last;
        private long gaps;
        private long missing;

        void take(char name, long number) {
            if (number <= last) {
                broken.add("%s: line %d again after %d".formatted(name, number, last));
                return;
            }
            reach(name, number);
            last = number;
            gaps = 0;
        }

        private void reach(char name, long number) {
            long skipped = between(name, number);
            if (skipped > 0 && gaps == 0) {
                broken.add(
                        "%s: %d lines between %d and %d lost in silence"
                                .formatted(name, skipped, last, number));
            } else {
                missing += skipped;
            }
        }

        private long between(char name, long number) {
            long count = 0;
            for (long each = last + 1; each < number; each++) {
                boolean error = (each - 1) % lines % ERROR_EVERY == ERROR_EVERY - 1;
                count += error == (name == 'e') ? 1 : 0;
            }
            return count;
        }
    }
}
