package io.podwire.config;

import java.util.Locale;
import java.util.stream.Stream;

/// A text that somebody set for a key.
///
/// @param origin where, as that person would say it
record Given(String text, String origin) {
    private static final int MOST_CHARS = 80;

    /// The text for a message, unless the key looks as if it were secret.
    String shown(String key) {
        return looksSecret(key) ? "(hidden)" : '"' + shortened(text) + '"';
    }

    static boolean looksSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of("password", "passphrase", "secret", "token", "credential", "jaas", "key")
                .anyMatch(lower::contains);
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= MOST_CHARS ? line : line.substring(0, MOST_CHARS) + "…";
    }
}
