package io.podwire.kafka;

import io.podwire.ledger.Ledger;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The one writer of truth: folds facts and commits them, many in one transaction.
///
/// [#run] is the publisher's thread; everything else is thread-safe. A commit and the loss of a partition
/// exclude each other: a worker that has lost a partition publishes nothing of it. The broker would not
/// stop it: it checks the member's generation, not who owns the partition.
public final class Publisher {
    private static final int IN_HAND = 10_000;

    private final Ledger ledger;
    private final Transactions transactions;
    private final PublisherSettings settings;
    private final Commits commits;
    private final BlockingQueue<Submission> arrivals = new ArrayBlockingQueue<>(IN_HAND);
    private final ReentrantLock commitLock = new ReentrantLock();

    /// Facts of an aborted transaction, first in the next one. Confined to the publisher's thread.
    private final List<Submission> again = new ArrayList<>();

    private final CommitDelay delay;
    private volatile boolean stopping;
    private long lastCommitNanos;

    /// @param commits told of each event once it is committed
    public Publisher(
            Ledger ledger, Transactions transactions, PublisherSettings settings, Commits commits) {
        this(ledger, transactions, settings, commits, new CommitDelay(settings.patience()));
    }

    Publisher(
            Ledger ledger,
            Transactions transactions,
            PublisherSettings settings,
            Commits commits,
            CommitDelay delay) {
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.transactions = Objects.requireNonNull(transactions, "transactions");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.commits = Objects.requireNonNull(commits, "commits");
        this.delay = Objects.requireNonNull(delay, "delay");
        this.lastCommitNanos = System.nanoTime() - settings.gap().toNanos();
    }

    void submit(Submission submission) throws InterruptedException {
        arrivals.put(submission);
    }

    /// Commits until [#stop] was called and nothing is left to commit.
    public void run() throws InterruptedException {
        while (!stopping || !arrivals.isEmpty() || !again.isEmpty()) {
            List<Submission> facts = gather();
            if (facts.isEmpty()) {
                mend();
            } else {
                commit(facts);
            }
        }
    }

    /// Ends [#run] after what has arrived is committed.
    public void stop() {
        stopping = true;
    }

    /// From now on transactions carry this generation. Called after a rebalance has ended.
    void generation(ConsumerGroupMetadata metadata) {
        commitLock.lock();
        try {
            transactions.generation(metadata);
        } finally {
            commitLock.unlock();
        }
    }

    /// The partitions are not ours any more. On return no transaction with their facts is under way.
    void lose(Collection<OwnedPartition> partitions) {
        commitLock.lock();
        try {
            for (OwnedPartition each : partitions) {
                each.close();
                transactions.forget(each.number());
            }
        } finally {
            commitLock.unlock();
        }
    }

    /// Waits for the first fact, then for others: as long as the gap after the last transaction asks for, and as every
    /// fact has patience.
    private List<Submission> gather() throws InterruptedException {
        List<Submission> facts = new ArrayList<>(again);
        again.clear();
        if (facts.isEmpty()) {
            Submission first = arrivals.poll(100, TimeUnit.MILLISECONDS);
            if (first == null) {
                return List.of();
            }
            facts.add(first);
        }
        long begunNanos = System.nanoTime();
        long gapNanos = lastCommitNanos + settings.gap().toNanos() - begunNanos;
        Duration longest = delay.longest();
        long patienceNanos =
                facts.stream()
                        .mapToLong(each -> each.dueNanos(longest) - begunNanos)
                        .min()
                        .orElse(0);
        long left = Math.max(gapNanos, patienceNanos);
        while (left > 0 && facts.size() < settings.batch()) {
            Submission more = arrivals.poll(left, TimeUnit.NANOSECONDS);
            if (more != null) {
                facts.add(more);
                patienceNanos = Math.min(patienceNanos, more.dueNanos(longest) - begunNanos);
            }
            left = Math.max(gapNanos, patienceNanos) - (System.nanoTime() - begunNanos);
        }
        arrivals.drainTo(facts, Math.max(0, settings.batch() - facts.size()));
        return facts;
    }

    private void mend() throws InterruptedException {
        commitLock.lock();
        try {
            if (!stopping) {
                var _ = transactions.mend(false); // else the next time
            }
        } finally {
            commitLock.unlock();
        }
    }

    private void commit(List<Submission> facts) throws InterruptedException {
        commitLock.lock();
        try {
            List<Submission> ours = withoutLost(facts);
            if (ours.isEmpty()) {
                return;
            }
            if (!transactions.mend(true)) {
                again.addAll(ours);
                return;
            }
            Batch batch = Batch.fold(ledger, ours);
            if (batch.empty()) {
                batch.committed(commits);
                return;
            }
            long begunNanos = System.nanoTime();
            Transactions.Result result = transactions.commit(batch);
            lastCommitNanos = System.nanoTime();
            // Before anybody who has waited for it tells the next.
            delay.transactionEnded(Duration.ofNanos(lastCommitNanos - begunNanos), arrivals.size());
            switch (result) {
                case COMMITTED -> batch.committed(commits);
                case ABORTED -> again.addAll(ours);
            }
        } finally {
            commitLock.unlock();
        }
    }

    private static List<Submission> withoutLost(List<Submission> facts) {
        List<Submission> ours = new ArrayList<>();
        for (Submission fact : facts) {
            if (fact.partition().closed()) {
                fact.dropped();
            } else {
                ours.add(fact);
            }
        }
        return ours;
    }
}
