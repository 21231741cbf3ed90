package io.podwire.simulation;

/// What all parts of a run share. Confined to the scheduler's thread.
final class World {
    static final int PARTITIONS = 3;

    private final Scheduler scheduler;
    private final Faults faults;
    private final Network network;
    private final Broker broker;
    private final Promises promises;
    private final Cluster cluster;
    private final Chaos chaos;

    World(Plan plan) {
        this.scheduler = new Scheduler(plan.seed());
        this.faults = new Faults(plan);
        this.network = new Network(scheduler);
        this.broker = new Broker(scheduler, faults, PARTITIONS);
        this.chaos = new Chaos(scheduler, faults);
        this.promises = new Promises(chaos::tell);
        this.cluster = new Cluster(scheduler, promises, broker.group()::owns);
        broker.coordinator()
                .whenCommitted((by, transaction) -> promises.committed(by, transaction, broker));
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Faults faults() {
        return faults;
    }

    Network network() {
        return network;
    }

    Broker broker() {
        return broker;
    }

    Promises promises() {
        return promises;
    }

    Cluster cluster() {
        return cluster;
    }

    Chaos chaos() {
        return chaos;
    }
}
