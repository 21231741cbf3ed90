package io.podwire.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Many runs of the worker's core, each another seed.
///
/// `-Dpodwire.simulation.seed=` begins at another one, `-Dpodwire.simulation.steps=` goes on for longer, and
/// `-Dpodwire.simulation.plan=` does one run again.
class SimulationTest {
    private static final long SEED = Long.getLong("podwire.simulation.seed", 20_261_127L);
    private static final long STEPS = Long.getLong("podwire.simulation.steps", 1_000_000L);
    private static final Optional<String> PLAN =
            Optional.ofNullable(System.getProperty("podwire.simulation.plan"));

    private final Simulator simulator = SimulatedClasses.simulator(Optional.empty());

    @Test
    void promisesHoldWhateverGoesWrong() {
        // Given
        Map<String, Long> counts = new TreeMap<>();
        long steps = 0;
        long runs = 0;
        long beginNanos = System.nanoTime();

        // When
        while (steps < STEPS) {
            Plan plan = PLAN.map(Plan::parse).orElse(Plan.of(SEED + runs));
            Report report = simulator.run(plan);
            steps += report.steps();
            runs++;
            report.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));

            // Then
            assertThat(report.violations()).as(report::text).isEmpty();
            if (PLAN.isPresent()) {
                break;
            }
        }
        double seconds = (System.nanoTime() - beginNanos) / 1e9;
        System.out.printf(
                "simulation: %,d steps in %d runs from seed %d, %.1f s, %,.0f steps/s%n%s%n",
                steps, runs, SEED, seconds, steps / seconds, counts);
    }

    @Test
    void samePlanDoesTheSame() {
        // When
        Report one = simulator.run(Plan.of(SEED));
        Report other = SimulatedClasses.simulator(Optional.empty()).run(Plan.of(SEED));

        // Then
        assertThat(other.trace()).isEqualTo(one.trace());
        assertThat(other.steps()).isEqualTo(one.steps());
    }
}
