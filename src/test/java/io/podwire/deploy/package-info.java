/// What `deploy` has, rendered by the programs that its users render it with.
@NullMarked
package io.podwire.deploy;

import org.jspecify.annotations.NullMarked;
