package io.podwire.kubernetes;

import io.podwire.testkit.OnRealCluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

@OnRealCluster
@Timeout(180)
class RealLogStreamIT implements LogStreamContract {
    private WatchedCluster cluster;

    @BeforeEach
    void open() {
        cluster = WatchedCluster.real();
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
