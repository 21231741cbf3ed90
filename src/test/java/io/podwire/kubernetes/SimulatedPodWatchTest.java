package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.PodLifecycle;
import io.podwire.sandbox.Fault;
import io.podwire.sandbox.Faults;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Set;

@Timeout(60)
class SimulatedPodWatchTest implements PodWatchContract {
    private final SimulatedCluster simulated =
            SimulatedCluster.start(SimulationSettings.defaults());

    @AutoClose private final Scene scene = new Scene(WatchedCluster.on(simulated));

    @Override
    public Scene scene() {
        return scene;
    }

    @Test
    void changeThatCannotBeReadCostsNoPodItsStory() throws InterruptedException {
        // Given
        simulated.faults().inject(Faults.watches(), 1, new Fault.GarbledEvent());
        scene.watch.follow(Set.of(1));

        // When
        scene.cluster.create("garbled", 1, "sleep 60");
        scene.cluster.create("sound", 1, "sleep 60");

        // Then
        WatchedCluster.await("garbled", () -> isReady("garbled"));
        WatchedCluster.await("sound", () -> isReady("sound"));
        assertThat(scene.watch.failures()).isOne();
        WatchedCluster.await("watching", scene.watch::watching);
    }

    private boolean isReady(String pod) {
        return scene.heard.states(pod).contains(PodLifecycle.READY);
    }
}
