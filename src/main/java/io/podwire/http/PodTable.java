package io.podwire.http;

import io.podwire.protocol.PodState;

import java.util.List;
import java.util.SortedSet;

/// The pods that this worker holds.
public interface PodTable {
    /// Asked from many threads; answers from memory.
    ///
    /// @param text part of `namespace/name`, or the beginning of a command's id; empty: any pod
    /// @param most the living come first, then those of which something was heard last
    Found search(String text, int most);

    /// What a search found.
    ///
    /// @param partitions those that this worker holds
    /// @param matches how many pods there are, of which only so many are returned
    record Found(SortedSet<Integer> partitions, List<PodState> pods, long matches) {
        public Found {
            pods = List.copyOf(pods);
        }
    }
}
