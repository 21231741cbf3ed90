package io.podwire.kafka;

import io.podwire.protocol.Delivery;
import io.podwire.protocol.Fact;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// A fact on its way to the topics, and whoever waits for it.
///
/// Thread-safe. It ends once: committed, or dropped because its partition was lost.
final class Submission {
    private final OwnedPartition partition;
    private final String key;
    private final Fact fact;
    private final Optional<Delivery> delivery;
    private final Duration patience;
    private final long sinceNanos = System.nanoTime();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean committed;

    /// A fact that settles a record.
    ///
    /// @param taken what carrying out its command took. Its answer waits for a fifth of that at most
    Submission(
            OwnedPartition partition,
            String key,
            Fact.OfCommand fact,
            Delivery delivery,
            Duration taken) {
        this(
                partition,
                key,
                fact,
                Optional.of(delivery),
                taken.isNegative() ? Duration.ZERO : taken.dividedBy(5));
    }

    /// A fact about a pod.
    Submission(OwnedPartition partition, String key, Fact.OfPod fact) {
        this(partition, key, fact, Optional.empty(), patience(fact));
    }

    private Submission(
            OwnedPartition partition,
            String key,
            Fact fact,
            Optional<Delivery> delivery,
            Duration patience) {
        this.partition = Objects.requireNonNull(partition, "partition");
        this.key = Objects.requireNonNull(key, "key");
        this.fact = Objects.requireNonNull(fact, "fact");
        this.delivery = delivery;
        this.patience = patience;
    }

    /// For what a watch shows nobody waits by the millisecond; whoever tells anything else waits for its commit.
    private static Duration patience(Fact.OfPod fact) {
        return switch (fact) {
            case Fact.PodSeen _, Fact.PodGone _ -> ChronoUnit.FOREVER.getDuration();
            case Fact.DeadlinePassed _,
                    Fact.LogRead _,
                    Fact.LogMissed _,
                    Fact.LogsEnded _,
                    Fact.StateOutlived _ ->
                    Duration.ZERO;
        };
    }

    OwnedPartition partition() {
        return partition;
    }

    String key() {
        return key;
    }

    Fact fact() {
        return fact;
    }

    /// The record that the fact settles.
    Optional<Delivery> delivery() {
        return delivery;
    }

    /// By the clock of [System#nanoTime], when it waits no more for others to share its transaction.
    ///
    /// @param most that anything waits
    long dueNanos(Duration most) {
        return sinceNanos + (patience.compareTo(most) < 0 ? patience : most).toNanos();
    }

    /// As [#delivery], for those who hear of commits.
    Optional<Commits.Settled> settled() {
        return delivery.map(record -> new Commits.Settled(type(), record.timestamp()));
    }

    private Optional<String> type() {
        return fact instanceof Fact.OfCommand settling
                ? settling.origin().type()
                : Optional.empty();
    }

    void committed() {
        committed = true;
        ended.countDown();
    }

    void dropped() {
        ended.countDown();
    }

    /// Waits for the end; false where it was dropped.
    boolean await() throws InterruptedException {
        ended.await();
        return committed;
    }
}
