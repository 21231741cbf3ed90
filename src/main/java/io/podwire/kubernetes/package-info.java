/// The ports of the packages below, over a real API server; the only user of fabric8's client.
///
/// Begin at [Connection]: it finds the cluster as kubectl does and opens the clients.
@NullMarked
package io.podwire.kubernetes;

import org.jspecify.annotations.NullMarked;
