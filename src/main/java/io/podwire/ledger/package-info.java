/// What is known of each pod, and the pure fold that turns a fact into the next state and its events.
///
/// Entry: [Ledger]. Called by the publisher, one fact at a time, and by whoever replays or simulates.
@NullMarked
package io.podwire.ledger;

import org.jspecify.annotations.NullMarked;
