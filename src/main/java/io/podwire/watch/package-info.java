/// A pod as the API server shows it, told in our words, and the proof that a pod is gone.
///
/// Enter at [io.podwire.watch.PodView]; the pipeline listens through [io.podwire.watch.PodListener] to a
/// [io.podwire.watch.PodFeed] and asks [io.podwire.watch.Departures] about pods that left it.
@NullMarked
package io.podwire.watch;

import org.jspecify.annotations.NullMarked;
