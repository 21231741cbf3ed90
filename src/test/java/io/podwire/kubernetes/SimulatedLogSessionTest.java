package io.podwire.kubernetes;

import io.podwire.logs.TakenLog;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedLogSessionTest implements LogSessionContract {
    @AutoClose private final WatchedCluster cluster = WatchedCluster.simulated();
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
