/// Measures Podwire beside other ways to do the same work, and writes the tables and plots of `docs/performance.md`.
///
/// Entry: [io.podwire.bench.Bench]. Never a part of the build's tests.
@NullMarked
package io.podwire.bench;

import org.jspecify.annotations.NullMarked;
