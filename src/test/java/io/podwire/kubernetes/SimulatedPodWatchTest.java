package io.podwire.kubernetes;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedPodWatchTest implements PodWatchContract {
    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(WatchedCluster.simulated());
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Override
    public Scene scene() {
        return scene;
    }
}
