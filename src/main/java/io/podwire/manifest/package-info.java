/// From the pod that a command describes to the pod object that is created: every default and every
/// hardening stands here, and nowhere else.
///
/// Begin at [io.podwire.manifest.PodManifest]; the pipeline calls it. Pure.
@NullMarked
package io.podwire.manifest;

import org.jspecify.annotations.NullMarked;
