package io.podwire.kafka;

import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Records that are sent again together, in one transaction. Confined to one thread.
final class RedriveBatch implements AutoCloseable {
    static final int MOST_LETTERS = 200;
    private static final int MOST_BYTES = 4 << 20;

    private final Optional<RedriveSender> sender;
    private final RedriveProgress progress;
    private final Consumer<RedriveOutcome> outcomes;
    private final List<Resending.Answer.Copy> copies = new ArrayList<>();
    private long bytes;

    /// @param sender none where it is only told what would be sent; closed by this
    /// @param outcomes hears what became of each letter
    RedriveBatch(
            Optional<RedriveSender> sender,
            RedriveProgress progress,
            Consumer<RedriveOutcome> outcomes) {
        this.sender = sender;
        this.progress = progress;
        this.outcomes = outcomes;
    }

    /// See [RedriveProgress#look].
    void look(RecordRef letter) {
        progress.look(letter);
    }

    boolean redriven(RecordRef letter) {
        return progress.redriven(letter);
    }

    void add(Resending.Answer.Copy copy) {
        copies.add(copy);
        bytes += copy.told().letter().record().bytes();
        if (copies.size() >= MOST_LETTERS || bytes >= MOST_BYTES) {
            send();
        }
    }

    /// Sends what there is.
    void send() {
        while (!copies.isEmpty()) {
            Optional<Map<TopicPartition, OffsetAndMetadata>> next = progress.with(places());
            if (next.isEmpty()) {
                leaveAll();
                break;
            }
            OptionalInt tooLarge = sent(next.get());
            if (tooLarge.isEmpty()) {
                progress.committed(places());
                copies.forEach(copy -> outcomes.accept(copy.told()));
                break;
            }
            leave(
                    copies.remove(tooLarge.getAsInt()),
                    "its record with what is added to it does not fit the topic of commands");
        }
        copies.clear();
        bytes = 0;
    }

    private OptionalInt sent(Map<TopicPartition, OffsetAndMetadata> next) {
        return sender.map(it -> it.send(copies.stream().map(copy -> copy.record()).toList(), next))
                .orElseGet(OptionalInt::empty);
    }

    private void leaveAll() {
        copies.forEach(
                copy ->
                        leave(
                                copy,
                                "the redriven letters are too scattered to be remembered: redrive those before it, too"));
    }

    private void leave(Resending.Answer.Copy copy, String why) {
        outcomes.accept(new RedriveOutcome.Left(copy.told().letter(), why));
    }

    private List<RecordRef> places() {
        return copies.stream().map(copy -> copy.told().letter().place()).toList();
    }

    @Override
    public void close() {
        sender.ifPresent(RedriveSender::close);
    }
}
