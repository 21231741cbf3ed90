/// Carries one command out against the API server and says what became of it, as a fact.
///
/// Begin at [Executor]; the pipeline calls it from the pod's lane. Owns the port [Pods] and all retries.
@NullMarked
package io.podwire.execute;

import org.jspecify.annotations.NullMarked;
