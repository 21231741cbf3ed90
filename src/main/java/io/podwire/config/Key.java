package io.podwire.config;

import java.util.Locale;
import java.util.Optional;

/// One setting, as declared.
///
/// @param standard the text that holds when nobody sets it
/// @param meaning one line for the person who sets it; says what holds where there is no standard text
record Key<T>(String name, Form<T> form, Optional<String> standard, String meaning) {
    private static final String PREFIX = "PODWIRE_";

    static <T> Key<T> of(String name, Form<T> form, String standard, String meaning) {
        return new Key<>(name, form, Optional.of(standard), meaning);
    }

    static <T> Key<T> optional(String name, Form<T> form, String meaning) {
        return new Key<>(name, form, Optional.empty(), meaning);
    }

    /// The environment variable that sets it.
    String variable() {
        return variable(name);
    }

    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /// The key that a variable sets; only for keys that have no other sign than the dot.
    static String name(String variable) {
        return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
