package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.podwire.logs.LogBytes;
import io.podwire.logs.LogSession;
import io.podwire.logs.LogSessionSpec;
import io.podwire.logs.LogSource;
import io.podwire.logs.PodLook;
import io.podwire.logs.TakenLog;
import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogEnd;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.LogRequest.Follow;
import io.podwire.protocol.LogRequest.Selection;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// How a log session goes on a cluster, real or simulated.
interface LogSessionContract {
    LogEnd END = new LogEnd.Streamed(LogEnd.Why.END);
    String BURSTS =
            "i=0; while [ $i -lt 2000 ]; do i=$((i+1)); echo $i;"
                    + " [ $((i%250)) -eq 0 ] && sleep 0.4; done; true";

    /// Prints one line, and when it is told to end, five hundred more.
    String LAST_WORDS =
            "trap 'i=1; while [ $i -le 500 ]; do i=$((i+1)); echo $i; done; exit 0' TERM;"
                    + " echo 1; while true; do sleep 0.1; done";

    WatchedCluster cluster();

    /// What the session under test has handed over.
    TakenLog taken();

    private LogSource logs() {
        return new LogStream(cluster().client, Duration.ofSeconds(10));
    }

    @Test
    default void burstsOfANotYetStartedPodAreFollowedToTheirEnd() throws InterruptedException {
        // Given
        Pod pod = cluster().create("bursts", 1, BURSTS);

        // When
        LogEnd end = run(pod, Follow.YES, new Selection.Default());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken().text("main").lines().map(Integer::valueOf))
                .containsExactlyElementsOf(oneTo(2000));
        assertThat(taken().gaps).isEmpty();
        assertThat(taken().cursors.getLast().ended()).isTrue();
    }

    @Test
    default void cutStreamsLoseAndRepeatNothing() throws InterruptedException {
        // Given
        Pod pod = cluster().create("cuts", 1, BURSTS);
        AtomicInteger cuts = new AtomicInteger();
        LogSource real = logs();
        LogSource logs =
                target ->
                        switch (real.open(target)) {
                            case LogSource.Opened.Stream(var bytes) ->
                                    new LogSource.Opened.Stream(cutting(bytes, cuts));
                            case LogSource.Opened other -> other;
                        };

        // When
        LogEnd end = run(logs, pod, Follow.YES, new Selection.Default());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(cuts).hasValueGreaterThan(3);
        assertThat(taken().text("main").lines().map(Integer::valueOf))
                .containsExactlyElementsOf(oneTo(2000));
        assertThat(taken().gaps).isEmpty();
    }

    /// Breaks after some reads, for the first ten streams.
    private static LogBytes cutting(LogBytes bytes, AtomicInteger cuts) {
        return new LogBytes() {
            private int reads;

            @Override
            public int read(byte[] into, int from, Duration atMost)
                    throws IOException, InterruptedException {
                if (reads++ > 3 && cuts.get() < 10) {
                    cuts.incrementAndGet();
                    bytes.close();
                    throw new IOException("cut by the test");
                }
                return bytes.read(into, from, atMost);
            }

            @Override
            public void close() {
                bytes.close();
            }
        };
    }

    @Test
    default void allContainersAreReadInitOnesIncluded() throws InterruptedException {
        // Given
        Pod pod =
                cluster()
                        .create(
                                cluster()
                                        .pod("all", 1)
                                        .editSpec()
                                        .addNewInitContainer()
                                        .withName("init")
                                        .withImage("busybox:1.36")
                                        .withCommand("echo", "from init")
                                        .endInitContainer()
                                        .addNewContainer()
                                        .withName("a")
                                        .withImage("busybox:1.36")
                                        .withCommand("sh", "-c", "sleep 1; echo from a")
                                        .endContainer()
                                        .addNewContainer()
                                        .withName("b")
                                        .withImage("busybox:1.36")
                                        .withCommand("sh", "-c", "echo from b; printf end")
                                        .endContainer()
                                        .endSpec()
                                        .build());

        // When
        LogEnd end = run(pod, Follow.YES, new Selection.All());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken().text("init")).isEqualTo("from init\n");
        assertThat(taken().text("a")).isEqualTo("from a\n");
        assertThat(taken().text("b")).isEqualTo("from b\nend");
        assertThat(taken().cursors).filteredOn(LogCursor::ended).hasSize(3);
    }

    @Test
    default void restartedContainerIsFollowedOverItsRuns() throws InterruptedException {
        // Given
        Pod pod =
                cluster()
                        .create(
                                cluster()
                                        .pod("restarts", 1)
                                        .editSpec()
                                        .withRestartPolicy("OnFailure")
                                        .addNewSchedulingGate("example.com/wait")
                                        .addNewVolume()
                                        .withName("v")
                                        .withNewEmptyDir()
                                        .endEmptyDir()
                                        .endVolume()
                                        .addNewContainer()
                                        .withName("main")
                                        .withImage("busybox:1.36")
                                        .withCommand(
                                                "sh",
                                                "-c",
                                                "echo run; echo done; [ -e /v/x ] || { touch /v/x;"
                                                        + " exit 1; }")
                                        .addNewVolumeMount()
                                        .withName("v")
                                        .withMountPath("/v")
                                        .endVolumeMount()
                                        .endContainer()
                                        .endSpec()
                                        .build());

        // When
        LogEnd end = runFromBeforeTheStart(pod);

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken().text("main")).isEqualTo("run\ndone\nrun\ndone\n");
        assertThat(taken().gaps).isEmpty();
        assertThat(taken().chunks).extracting(LogChunk::restart).contains(0, 1);
    }

    /// Lets the pod start once the session has seen it unstarted, so that even its shortest run is asked for.
    private LogEnd runFromBeforeTheStart(Pod pod) throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        PodLook look =
                ref -> {
                    PodLook.Look seen = look().look(ref);
                    if (looks.incrementAndGet() == 5) {
                        cluster().ungate(pod.getMetadata().getName());
                    }
                    return seen;
                };
        return run(logs(), look, pod, Follow.YES, new Selection.Default());
    }

    @Test
    default void lastLinesOfADeletedPodAreRead() throws InterruptedException {
        // Given
        Pod pod = cluster().create(leaving());
        AtomicBoolean deleted = new AtomicBoolean();
        LogSource real = logs();
        LogSource logs =
                target ->
                        switch (real.open(target)) {
                            case LogSource.Opened.Stream(var bytes) ->
                                    new LogSource.Opened.Stream(deleting(pod, bytes, deleted));
                            case LogSource.Opened other -> other;
                        };

        // When
        LogEnd end = run(logs, pod, Follow.YES, new Selection.Default());

        // Then
        assertThat(deleted).isTrue();
        assertThat(end).isEqualTo(END);
        assertThat(taken().text("main").lines().map(Integer::valueOf))
                .containsExactlyElementsOf(oneTo(501));
        assertThat(taken().gaps).isEmpty();
    }

    /// Has a second container that uses its grace up: the object is there until it is proven that the log has ended.
    private Pod leaving() {
        return cluster()
                .pod("leaving", 1)
                .editSpec()
                .withTerminationGracePeriodSeconds(5L)
                .addNewContainer()
                .withName("main")
                .withImage("busybox:1.36")
                .withCommand("sh", "-c", LAST_WORDS)
                .endContainer()
                .addNewContainer()
                .withName("lingers")
                .withImage("busybox:1.36")
                .withCommand("sh", "-c", "trap true TERM; while true; do sleep 0.1; done")
                .endContainer()
                .endSpec()
                .build();
    }

    /// Deletes the pod when its first line is read.
    private LogBytes deleting(Pod pod, LogBytes bytes, AtomicBoolean deleted) {
        return new LogBytes() {
            @Override
            public int read(byte[] into, int from, Duration atMost)
                    throws IOException, InterruptedException {
                int count = bytes.read(into, from, atMost);
                if (count > 0 && deleted.compareAndSet(false, true)) {
                    cluster().client.resource(pod).delete();
                }
                return count;
            }

            @Override
            public void close() {
                bytes.close();
            }
        };
    }

    @Test
    default void endedPodIsReadOnce() throws InterruptedException {
        // Given
        Pod pod = cluster().create("once", 1, "echo 1; echo 2; echo 3; exit 3");
        cluster().awaitPhase("once", "Failed");

        // When
        LogEnd end = run(pod, Follow.NO, new Selection.Default());

        // Then
        assertThat(end).isEqualTo(END);
        assertThat(taken().text("main")).isEqualTo("1\n2\n3\n");
    }

    private LogEnd run(Pod pod, Follow follow, Selection selection) throws InterruptedException {
        return run(logs(), pod, follow, selection);
    }

    private LogEnd run(LogSource logs, Pod pod, Follow follow, Selection selection)
            throws InterruptedException {
        return run(logs, look(), pod, follow, selection);
    }

    private PodLook look() {
        return new PodReading(cluster().client, Duration.ofSeconds(10));
    }

    private LogEnd run(LogSource logs, PodLook look, Pod pod, Follow follow, Selection selection)
            throws InterruptedException {
        LogRequest request =
                new LogRequest(
                        selection,
                        OptionalLong.empty(),
                        Optional.empty(),
                        follow,
                        LogRequest.Timestamps.NO,
                        LogRequest.Instance.CURRENT,
                        OptionalLong.empty(),
                        Optional.empty());
        InstantSource clock = InstantSource.system();
        LogSessionSpec spec =
                new LogSessionSpec(
                        cluster().ref(pod.getMetadata().getName()),
                        pod.getMetadata().getUid(),
                        request,
                        Optional.of(clock.instant().plusSeconds(120)),
                        List.of(),
                        List.of());
        return new LogSession(logs, look, clock, Thread::sleep).run(spec, taken());
    }

    private static List<Integer> oneTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }
}
