/// From a delivered record to its settled fact: start reading here.
///
/// Entry: [CommandPipeline] for records, [Sessions] for what stays open, [TimeToLive] for what has finished.
/// Called by the intake and the publisher.
@NullMarked
package io.podwire.pipeline;

import org.jspecify.annotations.NullMarked;
