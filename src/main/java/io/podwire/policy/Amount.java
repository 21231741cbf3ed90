package io.podwire.policy;

import java.math.BigDecimal;
import java.util.Objects;

/// How much of a resource.
///
/// @param text as a person wrote it
/// @param value in the resource's own unit: cores, bytes, devices
public record Amount(String text, BigDecimal value) {
    public Amount {
        Objects.requireNonNull(text, "text");
        if (value.signum() < 0) {
            throw new IllegalArgumentException("amount must not be negative: " + text);
        }
    }
}
