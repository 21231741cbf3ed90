package io.podwire.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// Measures arms in turn, so that a slow minute of the machine meets all of them.
///
/// @param count how often each
record Rounds(int count) {
    /// Every round begins with another arm.
    <A extends Enum<A>, M> Map<A, List<M>> alternate(List<A> arms, Measure<A, M> measure)
            throws InterruptedException, ExecutionException {
        Map<A, List<M>> all = new EnumMap<>(arms.getFirst().getDeclaringClass());
        for (int round = 0; round < count; round++) {
            for (int turn = 0; turn < arms.size(); turn++) {
                A arm = arms.get((round + turn) % arms.size());
                all.computeIfAbsent(arm, _ -> new ArrayList<>()).add(measure.of(arm, round));
            }
        }
        return all;
    }

    interface Measure<A, M> {
        M of(A arm, int round) throws InterruptedException, ExecutionException;
    }
}
