package io.podwire.codec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that somebody probably meant.
public final class Spelling {
    private static final int MOST_EDITS = 2;
    private static final int MOST_CHARS = 64;

    private Spelling() {}

    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.length() > MOST_CHARS) {
            return Optional.empty();
        }
        return known.stream()
                .filter(candidate -> edits(word, candidate) <= allowed(candidate))
                .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
    }

    /// Short words are all near to each other: they get less room.
    private static int allowed(String candidate) {
        return candidate.length() <= 3 ? 1 : MOST_EDITS;
    }

    /// Levenshtein distance, upper and lower case taken as one.
    private static int edits(String word, String other) {
        String a = word.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
