/// The words: commands, events, facts, errors and ids that every other package speaks.
///
/// Plain Java records and sealed interfaces; no library, no I/O.
@NullMarked
package io.podwire.protocol;

import org.jspecify.annotations.NullMarked;
