package io.podwire.policy;

/// Texts with `*` for any characters and `?` for one.
final class Glob {
    private Glob() {}

    /// Takes a step for each character of each text at the most: no glob can hold it up.
    static boolean matches(String glob, String text) {
        boolean[] reached = new boolean[text.length() + 1];
        reached[0] = true;
        for (int at = 0; at < glob.length(); at++) {
            reached = after(glob.charAt(at), reached, text);
        }
        return reached[text.length()];
    }

    /// @param reached how much of the text what stands before the sign can match
    private static boolean[] after(char sign, boolean[] reached, String text) {
        boolean[] next = new boolean[reached.length];
        next[0] = sign == '*' && reached[0];
        for (int at = 0; at < text.length(); at++) {
            next[at + 1] =
                    switch (sign) {
                        case '*' -> reached[at + 1] || next[at];
                        case '?' -> reached[at];
                        default -> reached[at] && text.charAt(at) == sign;
                    };
        }
        return next;
    }
}
