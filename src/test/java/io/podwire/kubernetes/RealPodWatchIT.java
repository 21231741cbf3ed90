package io.podwire.kubernetes;

import io.podwire.testkit.OnRealCluster;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;

@OnRealCluster
@Timeout(180)
class RealPodWatchIT implements PodWatchContract {
    @AutoClose private final Scene scene = new Scene(WatchedCluster.real());

    @Override
    public Scene scene() {
        return scene;
    }
}
