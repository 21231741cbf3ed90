package io.podwire.kubernetes;

import io.podwire.testkit.OnRealCluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

@OnRealCluster
@Timeout(180)
class RealLogSessionIT implements LogSessionContract {
    private WatchedCluster cluster;
    private final Taken taken = new Taken();

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

    @Override
    public Taken taken() {
        return taken;
    }
}
