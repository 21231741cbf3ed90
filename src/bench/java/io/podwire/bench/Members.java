package io.podwire.bench;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/// Who takes part in a group.
record Members(Admin admin, String group) {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PACE = Duration.ofMillis(100);

    /// Waits until so many members have all partitions between them.
    void await(int wanted) throws ExecutionException, InterruptedException {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (!stable(wanted)) {
            if (System.nanoTime() > deadlineNanos) {
                throw new IllegalStateException(
                        "%s has not got its %d members within %s".formatted(group, wanted, LIMIT));
            }
            Thread.sleep(PACE);
        }
    }

    private boolean stable(int wanted) throws ExecutionException, InterruptedException {
        try {
            ConsumerGroupDescription now =
                    Objects.requireNonNull(
                            admin.describeConsumerGroups(List.of(group)).all().get().get(group));
            int partitions =
                    now.members().stream()
                            .mapToInt(each -> each.assignment().topicPartitions().size())
                            .sum();
            return now.groupState() == GroupState.STABLE
                    && now.members().size() == wanted
                    && partitions == CommandTopic.PARTITIONS;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false;
            }
            throw e;
        }
    }
}
