package io.podwire.kubernetes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedLogSessionTest implements LogSessionContract {
    private WatchedCluster cluster;
    private final Taken taken = new Taken();

    @BeforeEach
    void open() {
        cluster = WatchedCluster.simulated();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Override
    public WatchedCluster cluster() {
        return cluster;
    }

    @Override
    public Taken taken() {
        return taken;
    }
}
