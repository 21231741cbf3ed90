package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodMarks;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodStatus;
import io.podwire.watch.PodListener;
import io.podwire.watch.PodProof.Proof;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// How pods are watched on a cluster, real or simulated.
interface PodWatchContract {
    Scene scene();

    @Test
    default void wholeLifeOfAPodIsHeardInOrder() throws InterruptedException {
        // Given
        scene().watch.follow(Set.of(1, 2));

        // When
        Pod pod = scene().cluster.create("life", 1, "echo 1; echo 2; echo 3; sleep 1; exit 3");
        WatchedCluster.await(
                "failed", () -> scene().heard.states("life").contains(PodLifecycle.FAILED));
        scene().cluster.client.resource(pod).delete();
        WatchedCluster.await("left", () -> scene().heard.left.size() == 1);

        // Then
        assertThat(scene().heard.states("life"))
                .containsSubsequence(
                        PodLifecycle.PENDING,
                        PodLifecycle.CREATING,
                        PodLifecycle.READY,
                        PodLifecycle.FAILED);
        assertThat(scene().heard.words("life"))
                .containsSubsequence("Pending", "ContainerCreating", "Running", "Error");
        PodStatus end = scene().heard.last("life");
        assertThat(end.containers().getFirst().exitCode()).contains(3);
        assertThat(end.reason()).contains("Error");
        assertThat(end.kubeletTime()).isPresent();
        assertThat(scene().heard.left.getFirst().uid()).isEqualTo(pod.getMetadata().getUid());
        assertThat(scene().heard.left.getFirst().last()).isPresent();
        assertThat(scene().watch.watching()).isTrue();
        assertThat(scene().watch.failures()).isZero();
    }

    @Test
    default void podThatLosesItsLabelLeavesTheWatchButLives() throws InterruptedException {
        // Given
        scene().watch.follow(Set.of(1));
        Pod pod = scene().cluster.create("relabelled", 1, "sleep 60");
        PodReading reading = new PodReading(scene().cluster.client, Duration.ofSeconds(10));
        WatchedCluster.await("seen", () -> !scene().heard.states("relabelled").isEmpty());

        // When
        scene().cluster.unlabel("relabelled", PodMarks.PARTITION);
        WatchedCluster.await("left", () -> scene().heard.left.size() == 1);

        // Then
        String uid = pod.getMetadata().getUid();
        PodRef ref = scene().cluster.ref("relabelled");
        assertThat(reading.prove(ref, uid)).isInstanceOf(Proof.Alive.class);
        assertThat(reading.prove(ref, "other")).isInstanceOf(Proof.Gone.class);
        assertThat(reading.prove(scene().cluster.ref("none"), uid)).isInstanceOf(Proof.Gone.class);
    }

    @Test
    default void otherPartitionsGroupsAndManagersAreNotHeard() throws InterruptedException {
        // Given
        scene().watch.follow(Set.of(1));

        // When
        scene().cluster.create("other-partition", 2, "sleep 60");
        scene().cluster
                .create(
                        scene().cluster
                                .pod("other-group", 1)
                                .editMetadata()
                                .addToLabels(PodMarks.GROUP, "another")
                                .endMetadata()
                                .editSpec()
                                .addNewContainer()
                                .withName("main")
                                .withImage("busybox:1.36")
                                .endContainer()
                                .endSpec()
                                .build());
        scene().cluster.create("ours", 1, "sleep 60");
        WatchedCluster.await("seen", () -> !scene().heard.states("ours").isEmpty());

        // Then
        assertThat(scene().heard.seen)
                .extracting(Seen::pod)
                .containsOnly(scene().cluster.ref("ours"));
    }

    @Test
    default void changeOfPartitionsIsSyncedWithThePodsThatExist() throws InterruptedException {
        // Given
        Pod one = scene().cluster.create("one", 1, "sleep 60");
        Pod two = scene().cluster.create("two", 2, "sleep 60");
        scene().watch.follow(Set.of(1));

        // When
        scene().watch.follow(Set.of(1, 2));
        scene().cluster.create("three", 2, "sleep 60");
        WatchedCluster.await("seen", () -> !scene().heard.states("three").isEmpty());
        scene().watch.follow(Set.of(2));
        scene().watch.follow(Set.of());

        // Then
        String uidOne = one.getMetadata().getUid();
        String uidTwo = two.getMetadata().getUid();
        assertThat(scene().heard.synced.get(0)).isEqualTo(new Synced(Set.of(1), Set.of(uidOne)));
        assertThat(scene().heard.synced.get(1))
                .isEqualTo(new Synced(Set.of(1, 2), Set.of(uidOne, uidTwo)));
        assertThat(scene().heard.synced.get(2).partitions()).isEqualTo(Set.of(2));
        assertThat(scene().heard.synced.get(2).uids()).hasSize(2).contains(uidTwo);
        assertThat(scene().heard.synced.get(3)).isEqualTo(new Synced(Set.of(), Set.of()));
        assertThat(scene().heard.left).isEmpty();
    }

    @Test
    default void podMadeAgainUnderItsNameIsAnotherPod() throws InterruptedException {
        // Given
        scene().watch.follow(Set.of(1));
        Pod first = scene().cluster.create("again", 1, "sleep 60");
        WatchedCluster.await("seen", () -> !scene().heard.states("again").isEmpty());

        // When
        scene().cluster.client.resource(first).withGracePeriod(0).delete();
        WatchedCluster.await("left", () -> scene().heard.left.size() == 1);
        Pod second = scene().cluster.create("again", 1, "sleep 60");
        String uid = second.getMetadata().getUid();
        WatchedCluster.await("seen again", () -> scene().heard.last("again").uid().equals(uid));

        // Then
        assertThat(scene().heard.left.getFirst().uid()).isEqualTo(first.getMetadata().getUid());
        assertThat(uid).isNotEqualTo(first.getMetadata().getUid());
    }

    @Test
    default void allNamespacesAreWatchedWhereNoneIsNamed() throws InterruptedException {
        // Given
        PodWatch everywhere = scene().watch(Set.of());
        everywhere.follow(Set.of(7));

        // When
        scene().cluster.create("anywhere", 7, "true");
        WatchedCluster.await(
                "succeeded",
                () -> scene().heard.states("anywhere").contains(PodLifecycle.SUCCEEDED));

        // Then
        assertThat(scene().heard.words("anywhere")).endsWith("Completed");
        everywhere.close();
    }

    @Test
    default void rehearsalShowsNothing() throws InterruptedException {
        // Given
        scene().cluster.create("there", 1, "sleep 60");

        // When
        scene().watch.rehearse();
        boolean idle = scene().watch.idle();
        scene().watch.follow(Set.of(1));

        // Then
        assertThat(idle).isTrue();
        assertThat(scene().heard.seen)
                .extracting(Seen::pod)
                .containsOnly(scene().cluster.ref("there"));
        assertThat(scene().heard.synced).extracting(Synced::partitions).containsExactly(Set.of(1));
        assertThat(scene().watch.failures()).isZero();
    }

    record Seen(PodRef pod, PodStatus status) {}

    record Left(PodRef pod, String uid, Optional<PodStatus> last) {}

    record Synced(Set<Integer> partitions, Set<String> uids) {}

    /// A cluster, a watch of one namespace, and what was heard of it.
    final class Scene implements AutoCloseable {
        final WatchedCluster cluster;
        final Heard heard = new Heard();
        final PodWatch watch;

        Scene(WatchedCluster cluster) {
            this.cluster = cluster;
            this.watch = watch(Set.of(cluster.namespace));
        }

        PodWatch watch(Set<String> namespaces) {
            return new PodWatch(
                    cluster.client,
                    new WatchScope(WatchedCluster.GROUP, namespaces),
                    heard,
                    InstantSource.system());
        }

        @Override
        public void close() {
            watch.close();
            cluster.close();
        }
    }

    /// Keeps what a watch says.
    final class Heard implements PodListener {
        final List<Seen> seen = new CopyOnWriteArrayList<>();
        final List<Left> left = new CopyOnWriteArrayList<>();
        final List<Synced> synced = new CopyOnWriteArrayList<>();

        @Override
        public void seen(PodRef pod, PodStatus status) {
            seen.add(new Seen(pod, status));
        }

        @Override
        public void left(PodRef pod, String uid, Optional<PodStatus> last) {
            left.add(new Left(pod, uid, last));
        }

        @Override
        public void synced(Set<Integer> partitions, Set<String> uids) {
            synced.add(new Synced(partitions, uids));
        }

        List<PodLifecycle> states(String name) {
            return of(name).stream().map(PodStatus::state).toList();
        }

        List<String> words(String name) {
            return of(name).stream().map(PodStatus::word).toList();
        }

        PodStatus last(String name) {
            return of(name).getLast();
        }

        private List<PodStatus> of(String name) {
            return seen.stream()
                    .filter(each -> each.pod().name().equals(name))
                    .map(Seen::status)
                    .toList();
        }
    }
}
