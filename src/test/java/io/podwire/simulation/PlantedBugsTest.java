package io.podwire.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Optional;

/// The simulation finds bugs of which it is known that they are there, by the promise that each breaks.
///
/// `-Dpodwire.simulation.bug=` looks only for those whose names hold these words.
class PlantedBugsTest {
    private static final long SEED = Long.getLong("podwire.simulation.seed", 20_261_127L);
    private static final int MOST_RUNS = 600;
    private static final int RUNS_TO_SHRINK = 40;

    static List<PlantedBug> bugs() {
        String words = System.getProperty("podwire.simulation.bug", "");
        return PlantedBugs.ALL.stream().filter(bug -> bug.name().contains(words)).toList();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void bugIsFoundByThePromiseThatItBreaks(PlantedBug bug) {
        // Given
        Simulator simulator = SimulatedClasses.simulator(Optional.of(bug));

        // When
        Report found = firstBroken(simulator);
        String kind = found.violations().getFirst().kind();
        Report smallest = new Shrinking(simulator, found, kind, RUNS_TO_SHRINK).smallest();

        // Then
        System.out.printf(
                "%s: %s after %d runs; shrunk from %d commands and %d faults to %d and %d: %s%n",
                bug.name(),
                found.kinds(),
                found.plan().seed() - SEED + 1,
                found.commands().size(),
                found.faults().size(),
                smallest.commands().size(),
                smallest.faults().size(),
                smallest.plan().text());
        assertThat(bug.shows()).as(smallest::text).containsAll(found.kinds());
        assertThat(smallest.breaks(kind)).isTrue();
        assertThat(smallest.commands().size()).isLessThanOrEqualTo(found.commands().size());
    }

    private static Report firstBroken(Simulator simulator) {
        for (long seed = SEED; seed < SEED + MOST_RUNS; seed++) {
            Report report = simulator.run(Plan.of(seed));
            if (!report.violations().isEmpty()) {
                return report;
            }
        }
        throw new AssertionError("not found in " + MOST_RUNS + " runs");
    }
}
