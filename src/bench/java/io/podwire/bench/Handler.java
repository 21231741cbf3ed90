package io.podwire.bench;

import io.podwire.protocol.Command;
import io.podwire.protocol.PodStatus;

/// Carries a command out in the arms that are not Podwire.
interface Handler {
    PodStatus carryOut(Command command) throws InterruptedException;
}
