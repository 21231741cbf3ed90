package io.podwire.simulation;

/// A host of the simulation, and what is the matter with it. Confined to the scheduler's thread.
final class Host {
    private final String name;
    private boolean dead;
    private boolean frozen;
    private boolean cutFromBroker;
    private boolean cutFromCluster;

    Host(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// None of its threads ever runs again.
    void kill() {
        dead = true;
    }

    boolean dead() {
        return dead;
    }

    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
    }

    boolean frozen() {
        return frozen;
    }

    void cut(Line line) {
        cut(line, true);
    }

    void join(Line line) {
        cut(line, false);
    }

    private void cut(Line line, boolean is) {
        switch (line) {
            case BROKER -> cutFromBroker = is;
            case CLUSTER -> cutFromCluster = is;
        }
    }

    boolean isCut(Line line) {
        return switch (line) {
            case BROKER -> cutFromBroker;
            case CLUSTER -> cutFromCluster;
        };
    }

    /// Where a connection leads to.
    enum Line {
        BROKER,
        CLUSTER
    }
}
