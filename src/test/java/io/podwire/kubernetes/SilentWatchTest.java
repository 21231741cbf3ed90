package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.kubernetes.PodWatchContract.Heard;
import io.podwire.protocol.PodLifecycle;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// A watch whose connection is open and answers pings, and of which nothing comes.
@Timeout(120)
class SilentWatchTest {
    private static final Duration STILL_SOUND = Duration.ofSeconds(74);
    private static final Duration NEVER = Duration.ofDays(1);

    private volatile Instant now = Instant.parse("2026-11-25T06:00:00Z");

    @Test
    void silentWatchIsOpenedAnewByOneListAndShowsWhatItHasMissed() throws InterruptedException {
        try (var scene = new Scene(NEVER)) {
            // Given
            scene.watch.follow(Set.of(1));
            Pod pod = scene.cluster.create("vanishes", 1, "sleep 60");
            WatchedCluster.await(
                    "ready", () -> scene.heard.states("vanishes").contains(PodLifecycle.READY));
            scene.fallSilent();
            scene.cluster.client.resource(pod).withGracePeriod(0).delete();
            scene.pass(STILL_SOUND);
            assertThat(scene.lists()).isOne();

            // When
            scene.pass(Duration.ofSeconds(2));
            WatchedCluster.await("left", () -> !scene.heard.left.isEmpty());

            // Then
            assertThat(scene.heard.left.getFirst().uid()).isEqualTo(pod.getMetadata().getUid());
            WatchedCluster.await("watching", scene.watch::watching);
            for (int look = 0; look < 20; look++) {
                scene.pass(Duration.ofSeconds(3));
            }
            assertThat(scene.lists()).isEqualTo(2);
        }
    }

    @Test
    void bookmarksAloneKeepAWatchOpen() throws InterruptedException {
        try (var scene = new Scene(Duration.ofMillis(100))) {
            // Given
            scene.watch.follow(Set.of(1));

            // When
            for (int minute = 0; minute < 5; minute++) {
                now = now.plus(STILL_SOUND);
                Instant then = now;
                WatchedCluster.await("a bookmark", () -> scene.hears(then));
            }

            // Then
            assertThat(scene.lists()).isOne();
            assertThat(scene.watch.failures()).isZero();
        }
    }

    private final class Scene implements AutoCloseable {
        private final SimulatedCluster simulated;
        private final WatchedCluster cluster;
        private final Heard heard = new Heard();
        private final PodWatch watch;

        /// @param bookmarks how often the API server sends one
        Scene(Duration bookmarks) {
            simulated =
                    SimulatedCluster.start(SimulationSettings.defaults().withPace(pace(bookmarks)));
            cluster = WatchedCluster.on(simulated);
            watch =
                    new PodWatch(
                            cluster.client,
                            new WatchScope(WatchedCluster.GROUP, Set.of(cluster.namespace)),
                            heard,
                            () -> now);
        }

        /// What was on its way has come when a look shows nothing new.
        void fallSilent() throws InterruptedException {
            simulated.pause(SimulatedCluster.Outage.HANG);
            simulated.resume();
            WatchedCluster.await("silence", this::isSilent);
        }

        private boolean isSilent() {
            now = now.plusMillis(1);
            Instant before = watch.lastHeard();
            watch.endSilences();
            return watch.lastHeard().equals(before);
        }

        void pass(Duration time) {
            now = now.plus(time);
            watch.endSilences();
        }

        boolean hears(Instant then) {
            watch.endSilences();
            return watch.lastHeard().equals(then);
        }

        long lists() {
            return simulated.requests().stream()
                    .filter(call -> call.method().equals("GET") && call.path().endsWith("/pods"))
                    .filter(call -> !call.watch())
                    .count();
        }

        @Override
        public void close() {
            watch.close();
            cluster.close();
        }
    }

    private static SimulationSettings.Pace pace(Duration bookmarks) {
        SimulationSettings.Pace quick = SimulationSettings.Pace.quick();
        return new SimulationSettings.Pace(
                quick.schedule(),
                quick.pull(),
                quick.start(),
                quick.backOff(),
                quick.cleanUp(),
                quick.retry(),
                bookmarks);
    }
}
