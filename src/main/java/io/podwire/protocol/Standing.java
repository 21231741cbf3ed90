package io.podwire.protocol;

import java.util.Objects;

/// How far a partition of the command topic is settled, and for whom.
///
/// @param next every command before this offset is settled
public record Standing(long next, Tenancy tenancy) {
    public Standing {
        if (next < 0) {
            throw new IllegalArgumentException("next is never negative: " + next);
        }
        Objects.requireNonNull(tenancy, "tenancy");
    }
}
