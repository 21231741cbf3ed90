package io.podwire.ledger;

import java.time.Duration;

/// How long and how much the ledger remembers.
///
/// @param idsWindow how long a command id is known after its record was settled
/// @param idBytes how much the command ids of one state may take, about; those answered longest ago go first
/// @param idsAPage how many answered ids make a page
/// @param parkedFacts how many facts of one pod wait for the create that explains them; the oldest go first
public record LedgerSettings(Duration idsWindow, int idBytes, int idsAPage, int parkedFacts) {
    public LedgerSettings {
        if (idsWindow.isNegative() || idsWindow.isZero()) {
            throw new IllegalArgumentException("idsWindow must be positive: " + idsWindow);
        }
        if (idBytes < 1) {
            throw new IllegalArgumentException("idBytes must be at least 1: " + idBytes);
        }
        if (idsAPage < 1) {
            throw new IllegalArgumentException("idsAPage must be at least 1: " + idsAPage);
        }
        if (parkedFacts < 1) {
            throw new IllegalArgumentException("parkedFacts must be at least 1: " + parkedFacts);
        }
    }
}
