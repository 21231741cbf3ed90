package io.podwire.kubernetes;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedLogStreamTest implements LogStreamContract {
    @AutoClose private final WatchedCluster cluster = WatchedCluster.simulated();

    @Override
    public WatchedCluster cluster() {
        return cluster;
    }
}
