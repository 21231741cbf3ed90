package io.podwire.simulation;

/// One virtual thread of a host. Confined to the scheduler's thread.
final class Strand implements Comparable<Strand> {
    private final long number;
    private final Host host;
    private final Runnable continuation;
    private boolean stalled;

    Strand(long number, Host host, Runnable continuation) {
        this.number = number;
        this.host = host;
        this.continuation = continuation;
    }

    long number() {
        return number;
    }

    Host host() {
        return host;
    }

    void run() {
        continuation.run();
    }

    void stall() {
        stalled = true;
    }

    void goOn() {
        stalled = false;
    }

    boolean mayRun() {
        return !stalled && !host.frozen();
    }

    @Override
    public int compareTo(Strand other) {
        return Long.compare(number, other.number);
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
