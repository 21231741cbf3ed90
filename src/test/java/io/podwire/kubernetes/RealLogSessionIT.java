package io.podwire.kubernetes;

import io.podwire.logs.TakenLog;
import io.podwire.testkit.OnRealCluster;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;

@OnRealCluster
@Timeout(180)
class RealLogSessionIT implements LogSessionContract {
    @AutoClose private final WatchedCluster cluster = WatchedCluster.real();
    private final TakenLog taken = new TakenLog();

    @Override
    public WatchedCluster cluster() {
        return cluster;
    }

    @Override
    public TakenLog taken() {
        return taken;
    }
}
