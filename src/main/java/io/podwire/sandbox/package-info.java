/// Development and test only: a simulated Kubernetes cluster in this process.
///
/// [io.podwire.sandbox.SimulatedCluster] is the entry; `podwire dev` and the tests start it. Nothing else
/// imports this package, and it never enters the image.
@NullMarked
package io.podwire.sandbox;

import org.jspecify.annotations.NullMarked;
