package io.podwire.kubernetes;

import io.podwire.testkit.OnRealCluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

@OnRealCluster
@Timeout(180)
class RealPodWatchIT implements PodWatchContract {
    private Scene scene;

    @BeforeEach
    void open() {
        scene = new Scene(WatchedCluster.real());
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
