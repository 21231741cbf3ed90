package io.podwire.bench;

/// What a turn brought.
///
/// @param creates all that were begun in it; the last of them end after it
/// @param perSecond how many ended in each second of it
record Made(int creates, double perSecond) {
    @Override
    public String toString() {
        return creates + " " + perSecond;
    }

    /// Of its text.
    static Made of(String text) {
        String[] words = text.split(" ", 2);
        return new Made(Integer.parseInt(words[0]), Double.parseDouble(words[1]));
    }
}
