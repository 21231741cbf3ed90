package io.podwire.codec;

/// The id of a command that is sent again: its first one, and the how manieth time it is.
final class RedriveId {
    private static final String TIME = "~redrive-";
    private static final int MOST_CHARS = 128;

    /// Of an id that is too long; its hash and the longest number fit behind it.
    private static final int KEPT_CHARS = 100;

    private RedriveId() {}

    /// The same for the same, whoever asks.
    ///
    /// @param id the one that was refused
    /// @param time 1 for the first
    static String of(String id, int time) {
        String before = TIME + (time - 1);
        String first =
                time > 1 && id.endsWith(before)
                        ? id.substring(0, id.length() - before.length())
                        : id;
        String next = TIME + time;
        boolean fits = !first.isEmpty() && first.length() + next.length() <= MOST_CHARS;
        return (fits ? first : shortened(first)) + next;
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(id.length(), KEPT_CHARS))
                + "~%08x".formatted(id.hashCode());
    }
}
