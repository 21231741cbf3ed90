package io.podwire.simulation;

/// Does one run after another. Confined to one thread.
///
/// The implementation is loaded by [SimulatedClasses]; this and the records it speaks in are of the test's own loader.
public interface Simulator {
    Report run(Plan plan);
}
