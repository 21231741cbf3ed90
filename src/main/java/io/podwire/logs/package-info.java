/// Log bytes to chunks: reads a container's log line by line, through cuts and restarts, never a line twice.
///
/// Enter at [io.podwire.logs.LogSession], one per open log command; the bytes come through the port
/// [io.podwire.logs.LogSource], what the pod does meanwhile through [io.podwire.logs.PodLook].
@NullMarked
package io.podwire.logs;

import org.jspecify.annotations.NullMarked;
