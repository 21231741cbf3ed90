/// What this worker may be asked to do: namespaces, commands, and what the final pod is made of.
///
/// Begin at [io.podwire.policy.Policy]; the pipeline calls it before anything is tried. Pure.
@NullMarked
package io.podwire.policy;

import org.jspecify.annotations.NullMarked;
