package io.podwire.simulation;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.RecordRef;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Checks that each log session tells the lines of a run one after another, unless it says that some are missing.
///
/// Each line of a simulated pod says which it is. Confined to the scheduler's thread.
final class LogCheck {
    private final World world;

    /// The newest line of each session and run.
    private final Map<String, Integer> last = new HashMap<>();

    private final Set<RecordRef> gaps = new HashSet<>();

    LogCheck(World world) {
        this.world = world;
    }

    void judge() {
        for (Promises.Told told : world.promises().told()) {
            ReadEvent event = told.event();
            if (event.in().isPresent() && event.body() instanceof ReadEvent.Gap) {
                gaps.add(event.in().get());
            }
            if (event.in().isPresent() && event.body() instanceof ReadEvent.Chunk chunk) {
                chunk.text().lines().forEach(line -> line(line, event.in().get()));
            }
        }
    }

    private void line(String line, RecordRef in) {
        int split = line.lastIndexOf(" line ");
        if (split < 0) {
            broken(in, "a line that no pod printed: " + line);
            return;
        }
        int number = Integer.parseInt(line.substring(split + " line ".length()));
        Integer before = last.put(in + " " + line.substring(0, split), number);
        if (before != null && number != before + 1 && !gaps.contains(in)) {
            broken(in, "line %d after %d of %s".formatted(number, before, line));
        } else if (before != null && number <= before) {
            broken(in, "line %d again after %d of %s".formatted(number, before, line));
        }
    }

    private void broken(RecordRef in, String sentence) {
        world.promises().broken(Promise.LOG_HOLE, in + ": " + sentence);
    }
}
