package io.podwire.kubernetes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedLogStreamTest implements LogStreamContract {
    private WatchedCluster cluster;

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
}
