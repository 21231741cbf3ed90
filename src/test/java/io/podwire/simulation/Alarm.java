package io.podwire.simulation;

/// Something that is to happen at a time of the simulated clock. Confined to the scheduler's thread.
final class Alarm implements Comparable<Alarm> {
    private final long atNanos;
    private final long number;
    private final Runnable action;
    private boolean silenced;

    Alarm(long atNanos, long number, Runnable action) {
        this.atNanos = atNanos;
        this.number = number;
        this.action = action;
    }

    long atNanos() {
        return atNanos;
    }

    void silence() {
        silenced = true;
    }

    void ring() {
        if (!silenced) {
            silenced = true;
            action.run();
        }
    }

    boolean silenced() {
        return silenced;
    }

    @Override
    public int compareTo(Alarm other) {
        int byTime = Long.compare(atNanos, other.atNanos);
        return byTime != 0 ? byTime : Long.compare(number, other.number);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
