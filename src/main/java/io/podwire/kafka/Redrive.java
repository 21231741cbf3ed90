package io.podwire.kafka;

import io.podwire.kafka.DeadLetter.Found;
import io.podwire.kafka.RedriveRules.Repeats;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Sends the records of dead letters again, that of each letter once, however often it is killed and begun anew.
///
/// Confined to one thread. A younger redrive of the same group supersedes an older one.
public final class Redrive implements AutoCloseable {
    /// Brokers forget a group's offsets so long after they were committed, unless told otherwise.
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final DeadLetterReader reader;
    private final Resending resending;
    private final RedriveBatch batch;
    private final Repeats repeats;
    private final Consumer<RedriveOutcome> outcomes;

    private Redrive(
            DeadLetterReader reader,
            Resending resending,
            RedriveBatch batch,
            Repeats repeats,
            Consumer<RedriveOutcome> outcomes) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.resending = Objects.requireNonNull(resending, "resending");
        this.batch = Objects.requireNonNull(batch, "batch");
        this.repeats = Objects.requireNonNull(repeats, "repeats");
        this.outcomes = Objects.requireNonNull(outcomes, "outcomes");
    }

    /// Goes on where the last one ended.
    ///
    /// @param reader closed by the caller
    /// @param outcomes hears what became of each letter, once it is certain
    /// @throws Unanswered where Kafka does not answer, or has no such topics
    public static Redrive begin(
            DeadLetterReader reader, RedriveRules rules, Consumer<RedriveOutcome> outcomes) {
        return begin(
                reader,
                rules,
                outcomes,
                () -> reader.clients().transactionalProducer(group(reader.clients())));
    }

    static Redrive begin(
            DeadLetterReader reader,
            RedriveRules rules,
            Consumer<RedriveOutcome> outcomes,
            Supplier<Producer<byte[], byte[]>> producers) {
        KafkaClients clients = reader.clients();
        Resending resending = new Resending(reader, rules);
        try (var consumer = clients.impatientReader(group(clients))) {
            Optional<RedriveSender> sender =
                    switch (rules.deed()) {
                        case TELL -> Optional.empty();
                        case SEND ->
                                Optional.of(
                                        new RedriveSender(
                                                producers,
                                                consumer.groupMetadata(),
                                                clients.brokers()));
                    };
            // Before the progress is read: what an older redrive has under way is part of it.
            sender.ifPresent(RedriveSender::begin);
            RedriveProgress progress =
                    RedriveProgress.of(
                            consumer,
                            reader.topics().deadLetters(),
                            Instant.now().minus(REMEMBERED));
            RedriveBatch batch = new RedriveBatch(sender, progress, outcomes);
            return new Redrive(reader, resending, batch, rules.repeats(), outcomes);
        } catch (KafkaException e) {
            throw reader.unanswered(e);
        }
    }

    /// The group that remembers; the transactional id, too.
    private static String group(KafkaClients clients) {
        return clients.groupId() + "-redrive";
    }

    /// Redrives all letters that are wanted, in the order of their times.
    ///
    /// @param since only those written then or later
    /// @param read is told of each letter
    public void all(Optional<Instant> since, Predicate<DeadLetter> wanted, Runnable read) {
        reader.read(
                since,
                found -> {
                    read.run();
                    batch.look(found.place());
                    if (!(found instanceof Found.Letter(var letter)) || wanted.test(letter)) {
                        take(found);
                    }
                });
        batch.send();
    }

    /// Redrives the letter at a place.
    public void one(int partition, long offset) {
        take(reader.find(partition, offset));
        batch.send();
    }

    private void take(Found found) {
        switch (found) {
            case Found.Missing(var place, var why) ->
                    outcomes.accept(new RedriveOutcome.NoLetter(place, why));
            case Found.Stranger(var place, var why) ->
                    outcomes.accept(new RedriveOutcome.NoLetter(place, why));
            case Found.Letter(var letter) when before(letter) ->
                    outcomes.accept(new RedriveOutcome.Before(letter));
            case Found.Letter(var letter) -> {
                switch (resending.of(letter)) {
                    case Resending.Answer.Copy copy -> batch.add(copy);
                    case Resending.Answer.None(var why) ->
                            outcomes.accept(new RedriveOutcome.Left(letter, why));
                }
            }
        }
    }

    private boolean before(DeadLetter letter) {
        return switch (repeats) {
            case LEFT -> batch.redriven(letter.place());
            case SENT -> false;
        };
    }

    @Override
    public void close() {
        batch.close();
    }

    /// A younger redrive of the group has taken over; nothing that this one had under way is sent.
    public static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Superseded(String group) {
            super(
                    "another redrive (group %s) began and goes on where this one was; what this one told is sent, and nothing else of it"
                            .formatted(group),
                    null,
                    false,
                    false);
        }
    }
}
