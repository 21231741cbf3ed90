/// The composition root: makes a worker of its parts, starts and stops it.
///
/// Entry: [Worker]. Called by `cli`.
@NullMarked
package io.podwire.app;

import org.jspecify.annotations.NullMarked;
