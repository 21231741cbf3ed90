/// Tests of the audit's core on histories written by hand.
@NullMarked
package io.podwire.audit;

import org.jspecify.annotations.NullMarked;
