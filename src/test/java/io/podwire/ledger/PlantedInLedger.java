package io.podwire.ledger;

import io.podwire.protocol.Known;
import io.podwire.protocol.Origin;

/// What planted bugs do in place of the real parts, see `io.podwire.simulation`.
public final class PlantedInLedger {
    private PlantedInLedger() {}

    /// An id that is known already is no reason not to do it.
    static Admission doAgain(Known known, Origin origin) {
        return new Admission.Fresh();
    }
}
