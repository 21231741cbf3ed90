package io.podwire.watch;

import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;

import java.util.Optional;
import java.util.Set;

/// Hears what a [PodFeed] shows. Called by one thread at a time, in the order of the watch.
public interface PodListener {
    /// The pod exists and looks like this; also called again when nothing of it has changed. May block, which holds the feed back.
    void seen(PodRef pod, PodStatus status) throws InterruptedException;

    /// The pod has disappeared from the watch. That does not prove it gone: its labels may have changed.
    ///
    /// @param last how it was last seen, where the API server showed it at its end
    void left(PodRef pod, String uid, Optional<PodStatus> last);

    /// A list of all pods of these partitions has been heard through [#seen].
    ///
    /// @param uids of every pod of ours that existed then
    void synced(Set<Integer> partitions, Set<String> uids);
}
