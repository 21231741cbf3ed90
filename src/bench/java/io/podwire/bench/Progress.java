package io.podwire.bench;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/// How far a group has committed: the same measure for every arm, taken from outside.
///
/// @param group of the arm
record Progress(Admin admin, String group) {
    private static final Duration PACE = Duration.ofMillis(10);

    /// Over all partitions; the topic began at 0.
    long committed() throws ExecutionException, InterruptedException {
        try {
            return admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(each -> each == null ? 0 : each.offset())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    /// Waits until so many are committed; returns how many there are then.
    long await(long wanted, Duration limit, BooleanSupplier alive)
            throws ExecutionException, InterruptedException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        long now = committed();
        while (now < wanted) {
            if (!alive.getAsBoolean()) {
                throw new IllegalStateException(group + " has ended at " + now);
            }
            if (System.nanoTime() > deadlineNanos) {
                throw new IllegalStateException(
                        "%s has committed %d of %d within %s".formatted(group, now, wanted, limit));
            }
            Thread.sleep(PACE);
            now = committed();
        }
        return now;
    }
}
