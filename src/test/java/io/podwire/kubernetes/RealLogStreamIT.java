package io.podwire.kubernetes;

import io.podwire.testkit.OnRealCluster;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;

@OnRealCluster
@Timeout(180)
class RealLogStreamIT implements LogStreamContract {
    @AutoClose private final WatchedCluster cluster = WatchedCluster.real();

    @Override
    public WatchedCluster cluster() {
        return cluster;
    }
}
