/// Tests of the command line as a person or a script uses it.
@NullMarked
package io.podwire.cli;

import org.jspecify.annotations.NullMarked;
