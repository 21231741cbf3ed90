package io.podwire.kafka;

import io.podwire.protocol.Delivery;
import io.podwire.protocol.Fact;

import java.time.Duration;
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
    private final long sinceNanos = System.nanoTime();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean committed;

    Submission(OwnedPartition partition, String key, Fact fact, Optional<Delivery> delivery) {
        this.partition = Objects.requireNonNull(partition, "partition");
        this.key = Objects.requireNonNull(key, "key");
        this.fact = Objects.requireNonNull(fact, "fact");
        this.delivery = Objects.requireNonNull(delivery, "delivery");
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

    /// By the clock of [System#nanoTime], when it waits for others no more.
    ///
    /// An answer waits for a twentieth of the time that its command has taken so far, which its producer will hardly
    /// see. For what a watch shows nobody waits by the millisecond.
    ///
    /// @param most that anything waits
    long dueNanos(Duration most) {
        return sinceNanos + patience(most).toNanos();
    }

    private Duration patience(Duration most) {
        return switch (fact) {
            case Fact.OfCommand settling ->
                    delivery.map(record -> twentieth(record, settling))
                            .filter(patience -> patience.compareTo(most) < 0)
                            .orElse(most);
            case Fact.PodSeen _, Fact.PodGone _ -> most;
            case Fact.DeadlinePassed _,
                    Fact.LogRead _,
                    Fact.LogMissed _,
                    Fact.LogsEnded _,
                    Fact.StateOutlived _ ->
                    Duration.ZERO; // whoever told it waits for the commit
        };
    }

    /// A producer's clock may be ahead of ours.
    private static Duration twentieth(Delivery record, Fact.OfCommand settling) {
        Duration taken = Duration.between(record.timestamp(), settling.at());
        return taken.isNegative() ? Duration.ZERO : taken.dividedBy(20);
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
