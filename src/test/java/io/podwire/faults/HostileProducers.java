package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.ReadEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Hostile records are told why, kept, and hold nothing up; run against every cluster there is.
interface HostileProducers {
    int PARTITION = 1;

    /// What the next command may wait for on a machine that others use too; the promise is a second.
    Duration BOUND = Duration.ofSeconds(10);

    /// Rounds after the first, which fills pools and caches.
    int ROUNDS = 2;

    /// What the rounds after the first may add to the heap: the ids of their commands.
    double HEAP_SHARE = 1.25;

    /// With a worker of [HostileInputs#SETTINGS], and a foreign pod.
    WorkerBench bench();

    HostileRun run();

    KubernetesClient admin();

    @Test
    default void everyKindIsThere() {
        // When
        Set<Integer> kinds =
                HostileInputs.of(run().seat(0, "kinds")).stream()
                        .map(HostileInput::kind)
                        .collect(Collectors.toCollection(TreeSet::new));

        // Then
        assertThat(kinds).isEqualTo(HostileInputs.kinds());
    }

    @Test
    default void nextCommandIsAnsweredSoonAfterEachOfThem() throws InterruptedException {
        // When
        List<Duration> times = new ArrayList<>();
        for (HostileInput input : HostileInputs.of(run().seat(PARTITION, "alone"))) {
            run().send(PARTITION, input);
            times.add(run().timeOfGoodCommand(PARTITION));
        }

        // Then
        run().assertAnswered();
        Collections.sort(times);
        Duration worst = times.getLast();
        Duration p99 = times.get(times.size() * 99 / 100);
        System.out.printf(
                "%d hostile records; the next command was answered in %d ms at the most, p99 %d ms%n",
                times.size(), worst.toMillis(), p99.toMillis());
        assertThat(worst).isLessThan(BOUND);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void goodCommandsBetweenAllOfThemSucceed(long seed) throws InterruptedException {
        // Given
        List<Sent> all = new ArrayList<>();
        for (int partition = 0; partition < WorkerBench.PARTITIONS; partition++) {
            int at = partition;
            HostileInputs.of(run().seat(partition, "mixed" + seed)).stream()
                    .filter(input -> at == 0 || !input.large())
                    .forEach(input -> all.add(new Sent(at, input)));
        }
        Collections.shuffle(all, new Random(seed));

        // When
        for (Sent each : all) {
            run().send(each.partition, each.input);
            run().sendGood(each.partition);
        }

        // Then
        run().assertAnswered();
    }

    @Test
    default void manifestThatFitsNoEventIsLeftOut() throws InterruptedException {
        // Given
        Conversation conversation = new Conversation(bench());
        String pod = Conversation.name("h-large");
        String args = String.join("\",\"", HostileRecords.arguments(5, 200_000));
        var _ = conversation.create(pod, Conversation.NOWHERE + ",\"args\":[\"" + args + "\"]");

        // When
        ReadEvent answer = conversation.ask("pod.get", pod, ",\"view\":\"manifest\"");

        // Then
        assertThat(answer.body())
                .isInstanceOfSatisfying(
                        ReadEvent.Succeeded.class,
                        found -> {
                            assertThat(found.manifest()).isEmpty();
                            assertThat(found.warning()).isPresent();
                        });
    }

    @Test
    default void heapIsFlat() throws InterruptedException {
        // Given
        round("heap-first");
        long before = bench().worker().liveHeapBytes();

        // When
        for (int round = 0; round < ROUNDS; round++) {
            round("heap-" + round);
        }

        // Then
        long after = bench().worker().liveHeapBytes();
        System.out.printf(
                "live heap after one round %d kB, after %d more %d kB%n",
                before >> 10, ROUNDS, after >> 10);
        assertThat(after).isLessThan((long) (before * HEAP_SHARE));
    }

    private void round(String name) throws InterruptedException {
        for (HostileInput input : HostileInputs.of(run().seat(2, name))) {
            run().send(2, input);
        }
        run().assertAnswered();
        run().deletePods(admin());
    }

    /// A record on its way to a partition.
    record Sent(int partition, HostileInput input) {}
}
