package io.podwire.http;

import java.util.Objects;
import java.util.function.Supplier;

/// One thing that a probe looks at.
///
/// @param name short and stable: scripts select by it
/// @param health asked on every probe, from many threads; must answer at once, from memory
public record Check(String name, Supplier<Health> health) {
    public Check {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(health, "health");
    }

    /// A check that fails to answer is a bad answer: a probe must not break for it.
    Health ask() {
        try {
            return health.get();
        } catch (RuntimeException e) {
            return new Health.Bad("the check itself failed: " + e.getClass().getSimpleName());
        }
    }
}
