/// Text from files, environment and command line becomes the settings of a worker, or the list of everything
/// that is wrong with it.
///
/// Entry: [Settings#load]; every key is declared in `Keys`. Called by `cli` and `app`.
@NullMarked
package io.podwire.config;

import org.jspecify.annotations.NullMarked;
