package io.podwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class LanesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Throwable> reported = new CopyOnWriteArrayList<>();
    private final Lanes<Integer> lanes =
            new Lanes<>(threads, (_, failure) -> reported.add(failure));

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void tasksOfAKeyRunInOrderOneAtATimeThoughOneThrows() throws InterruptedException {
        // Given
        Map<Integer, List<Integer>> ran = new ConcurrentHashMap<>();
        Map<Integer, AtomicInteger> running = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();

        // When
        for (int task = 0; task < 1_000; task++) {
            for (int key = 0; key < 50; key++) {
                int number = task;
                int lane = key;
                lanes.submit(
                        key,
                        () -> {
                            AtomicInteger mine =
                                    running.computeIfAbsent(lane, _ -> new AtomicInteger());
                            if (mine.incrementAndGet() != 1) {
                                overlaps.incrementAndGet();
                            }
                            ran.computeIfAbsent(lane, _ -> new ArrayList<>()).add(number);
                            mine.decrementAndGet();
                            if (number == 500) {
                                throw new IllegalStateException("task 500");
                            }
                        });
            }
        }

        // Then
        assertThat(lanes.drain(_ -> true, LONG)).isTrue();
        List<Integer> inOrder = IntStream.range(0, 1_000).boxed().toList();
        assertThat(ran).hasSize(50).allSatisfy((_, tasks) -> assertThat(tasks).isEqualTo(inOrder));
        assertThat(overlaps).hasValue(0);
        assertThat(reported).hasSize(50);
        assertThat(lanes.busyKeys()).isZero();
    }

    @Test
    void busyKeyDoesNotHoldUpAnother() throws InterruptedException {
        // Given
        CountDownLatch release = new CountDownLatch(1);
        lanes.submit(1, () -> awaitQuietly(release));
        CountDownLatch other = new CountDownLatch(1);

        // When
        lanes.submit(2, other::countDown);

        // Then
        assertThat(other.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(lanes.busyKeys()).isGreaterThanOrEqualTo(1);
        release.countDown();
    }

    @Test
    void drainWaitsOnlyForTheKeysItNamesAndGivesUpInTime() throws InterruptedException {
        // Given
        CountDownLatch release = new CountDownLatch(1);
        lanes.submit(1, () -> awaitQuietly(release));

        // Then
        assertThat(lanes.drain(key -> key == 2, LONG)).isTrue();
        assertThat(lanes.drain(key -> key == 1, Duration.ofMillis(5))).isFalse();
        release.countDown();
        assertThat(lanes.drain(key -> key == 1, LONG)).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
