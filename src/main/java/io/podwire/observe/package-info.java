/// What can be seen from outside: the name of every meter and log key, and the form of a log line.
///
/// Used by every other package; [io.podwire.observe.LogFormat] is used by `logback.xml`.
@NullMarked
package io.podwire.observe;

import org.jspecify.annotations.NullMarked;
