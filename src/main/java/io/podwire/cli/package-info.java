/// The command line: `run`, `dev`, `submit`, `validate`, `events`, `audit`, `dlq`, `topics`, `config`.
///
/// Entry: [Podwire]. Data goes to standard output, talk to standard error.
@NullMarked
package io.podwire.cli;

import org.jspecify.annotations.NullMarked;
