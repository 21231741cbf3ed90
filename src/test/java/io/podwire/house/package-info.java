/// Holds the sources to the house rules: format, floors, habits. Nothing here tests behaviour.
@NullMarked
package io.podwire.house;

import org.jspecify.annotations.NullMarked;
