/// Intake, publisher, state restore, topics, dead letters: the only user of kafka-clients.
///
/// Entry: [Intake] takes records in, [Publisher] commits facts. Assembled by `app`.
@NullMarked
package io.podwire.kafka;

import org.jspecify.annotations.NullMarked;
