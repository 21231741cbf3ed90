/// What tests of several packages share: real brokers and the way to a real cluster.
@NullMarked
package io.podwire.testkit;

import org.jspecify.annotations.NullMarked;
