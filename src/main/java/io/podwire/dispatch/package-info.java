/// Order per key, side by side across keys, bounded, and drained at the end.
///
/// Entry: [Lanes]. Called by the pipeline for every delivered record; knows nothing of pods or Kafka.
@NullMarked
package io.podwire.dispatch;

import org.jspecify.annotations.NullMarked;
