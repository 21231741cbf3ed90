/// The worker's real classes over a simulated log, group, cluster and clock: all that happens follows from one seed.
///
/// Entry: [SimulationTest]; [Simulation] is one run. Every thread of a run is a virtual thread whose next step the
/// [Scheduler] picks, so a run is repeated exactly by its [Plan].
@NullMarked
package io.podwire.simulation;

import org.jspecify.annotations.NullMarked;
