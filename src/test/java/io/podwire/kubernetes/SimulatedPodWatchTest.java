package io.podwire.kubernetes;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedPodWatchTest implements PodWatchContract {
    @AutoClose private final Scene scene = new Scene(WatchedCluster.simulated());

    @Override
    public Scene scene() {
        return scene;
    }
}
