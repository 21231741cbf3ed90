/// What a worker process does while its surroundings fail: brokers, API server, permissions, bad records.
///
/// Entry: [WorkerBench], a worker process with a producer and a reader beside it.
@NullMarked
package io.podwire.faults;

import org.jspecify.annotations.NullMarked;
