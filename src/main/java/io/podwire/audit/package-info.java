/// Proves from the topics alone that the promises were kept, and replays what was told of one pod.
///
/// Entry: [Audit] and [Timeline]; both take records as they come and know nothing of Kafka. Fed by the Kafka
/// edge, called by the command line.
@NullMarked
package io.podwire.audit;

import org.jspecify.annotations.NullMarked;
