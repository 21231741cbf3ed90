package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.codec.EventEncoder;
import io.podwire.codec.StateCodec;
import io.podwire.ledger.Ledger;
import io.podwire.ledger.LedgerSettings;
import io.podwire.pipeline.PartitionLost;
import io.podwire.protocol.CommandError;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Delivery;
import io.podwire.protocol.ErrorReason;
import io.podwire.protocol.Fact;
import io.podwire.protocol.Origin;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PageKey;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.Standing;
import io.podwire.protocol.Tenancy;
import io.podwire.testkit.AsyncApi;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

class PublisherTest {
    private static final Topics TOPICS =
            new Topics("pod-commands", "pod-events", "pod-states", "pod-commands.dlq");
    private static final ConsumerGroupMetadata GENERATION =
            new MockConsumer<byte[], byte[]>("earliest").groupMetadata();
    private static final TopicPartition EVENTS = new TopicPartition("pod-events", 3);
    private static final String DEAD_LETTER = "/channels/deadLetters/messages/deadLetter";
    private static final PodRef POD = new PodRef("default", "hello");
    private static final PodRef OTHER = new PodRef("default", "other");
    private static final PublisherSettings SETTINGS =
            new PublisherSettings("podwire", "w1", Duration.ofMillis(1), Duration.ofDays(1), 500);

    private static final Tenancy TENANCY =
            new Tenancy("podwire", Map.of("pod-commands", "one"), Optional.of("cluster"));
    private static final GroupMember MEMBER =
            new GroupMember(
                    new MockConsumer<>("earliest"),
                    new GroupSession(Duration.ofSeconds(10), Duration.ofSeconds(1)));
    private static final StateCodec STATES = new StateCodec();

    private static final Duration MOST = Duration.ofMillis(50);

    private final List<ObservedProducer> producers = new ArrayList<>();
    private final CommitDelay delay = new CommitDelay(SETTINGS.patience());
    private final Publisher publisher =
            new Publisher(
                    new Ledger(new LedgerSettings(Duration.ofHours(24), 1 << 19, 16, 8)),
                    transactions(),
                    SETTINGS,
                    (_, _) -> {},
                    delay);
    private final OwnedPartition partition =
            new OwnedPartition(restored(), new OffsetWindow(10), publisher, MEMBER, new IdleLife());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Map<TopicPartition, Long>> remnants = new ConcurrentLinkedDeque<>();
    private boolean carried;

    @AfterEach
    void stop() {
        publisher.stop();
        threads.shutdownNow();
    }

    @Test
    void answerStateAndOffsetAreOneTransaction() throws InterruptedException {
        // Given
        run();

        // When
        settle(10, absent(10));

        // Then
        ObservedProducer producer = producers.getFirst();
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("pod-events", "pod-states", "pod-states");
        assertThat(keys(producer)).endsWith(POD.key(), "#3");
        assertThat(standing(producer)).isEqualTo(new Standing(11, TENANCY));
        assertThat(producer.history()).extracting(ProducerRecord::partition).containsOnly(3);
        OffsetAndMetadata committed = committed(producer);
        assertThat(committed.offset()).isEqualTo(11);
        assertThat(committed.metadata()).startsWith("w1/").endsWith("/1");
        assertThat(header(producer.history().getFirst(), "podwire-transaction"))
                .isEqualTo(committed.metadata());
        assertThat(header(producer.history().getFirst(), "podwire-size")).isEqualTo("1");
        assertThat(headers(producer.history().getFirst()))
                .containsAll(AsyncApi.requiredHeaders("/components/messageTraits/event"));
        assertThat(partition.state(POD).settledOffset()).isEqualTo(10);
    }

    @Test
    void partitionStandsWhereItsOffsetIsCommittedThoughALaterRecordIsSettled()
            throws InterruptedException {
        // Given
        run();
        partition.window().add(10, 1);

        // When
        settle(11, absent(11));
        settle(12, absent(12));

        // Then
        assertThat(keys(producers.getFirst())).doesNotContain("#3");
        assertThat(partition.committed()).isEqualTo(10);
        partition.settle(PodState.of(OTHER), delivery(10), absent(OTHER, 10), Duration.ZERO);
        assertThat(standing(producers.getFirst())).isEqualTo(new Standing(13, TENANCY));
        assertThat(partition.committed()).isEqualTo(13);
    }

    @Test
    void whatAWatchShowsWaitsForAnAnswerToShareItsTransaction() throws InterruptedException {
        // Given
        delay.transactionEnded(Duration.ofDays(1), 8);
        run();
        partition.tell(OTHER, new Fact.PodSeen(Instant.EPOCH, OTHER, status()));

        // When
        settle(10, absent(10));

        // Then
        assertThat(producers.getFirst().commitCount()).isOne();
        assertThat(keys(producers.getFirst())).containsExactly(OTHER.key(), POD.key(), "#3");
    }

    @Test
    void whatAWatchShowsWaitsForNobodyWhereNobodyCame() throws InterruptedException {
        // Given
        delay.transactionEnded(Duration.ofDays(1), 8);
        run();
        settle(10, absent(10));

        // When
        partition.tell(OTHER, new Fact.PodSeen(Instant.EPOCH, OTHER, status()));

        // Then
        until(() -> producers.getFirst().commitCount() == 2);
        assertThat(keys(producers.getFirst())).endsWith(OTHER.key());
    }

    @Test
    void answerWaitsForAFifthOfTheTimeThatItsCommandTook() {
        assertThat(patience(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(20));
        assertThat(patience(Duration.ofHours(1))).isEqualTo(MOST);
        assertThat(patience(Duration.ofHours(-1))).isZero();
        assertThat(patience(ChronoUnit.FOREVER.getDuration())).isEqualTo(MOST);
    }

    private Duration patience(Duration taken) {
        Submission answer = new Submission(partition, POD.key(), absent(10), delivery(10), taken);
        return Duration.ofNanos(answer.dueNanos(MOST) - answer.dueNanos(Duration.ZERO));
    }

    @Test
    void factThatIsNoNewsIsSettledWithoutATransaction() throws InterruptedException {
        // Given
        run();
        settle(10, absent(10));
        ObservedProducer producer = producers.getFirst();
        long transactions = producer.commitCount();

        // When
        partition.commit(POD, new Fact.DeadlinePassed(Instant.EPOCH, POD, command(10)));

        // Then
        assertThat(producer.commitCount()).isEqualTo(transactions);
        settle(11, absent(11));
        assertThat(producer.commitCount()).isEqualTo(transactions + 1);
        assertThat(committed(producer).offset()).isEqualTo(12);
    }

    @Test
    void offsetThatTheBrokersHaveLostIsCommittedWithTheNextFactThoughItIsNoNews()
            throws InterruptedException {
        // Given
        run();
        partition.offsetLost();

        // When
        partition.commit(POD, new Fact.DeadlinePassed(Instant.EPOCH, POD, command(9)));

        // Then
        assertThat(committed(producers.getFirst()).offset()).isEqualTo(10);
        partition.commit(POD, new Fact.DeadlinePassed(Instant.EPOCH, POD, command(9)));
        assertThat(producers.getFirst().commitCount()).isOne();
    }

    @Test
    void stateThatIsKeptNoLongerIsEndedInTheTopicAndForgotten() throws InterruptedException {
        // Given
        run();
        settle(10, absent(10));

        // When
        Instant later = Instant.EPOCH.plus(Duration.ofHours(25));
        partition.commit(POD, new Fact.StateOutlived(later, POD, partition.committed()));

        // Then
        ProducerRecord<byte[], byte[]> last = producers.getFirst().history().getLast();
        assertThat(last.key()).isEqualTo(bytes(POD.key()));
        assertThat(last.value()).isNull();
        assertThat(partition.states(_ -> true)).isEmpty();
        assertThat(partition.committed()).isEqualTo(11);
    }

    @Test
    void pageOfIdsIsWrittenOnceAndEndedWithItsState() throws InterruptedException {
        // Given
        run();
        for (long offset = 10; offset < 10 + 20; offset++) {
            settle(offset, absent(offset));
        }
        String page = new PageKey(POD.key(), 10).text();
        assertThat(keys(producers.getFirst())).containsOnlyOnce(page);
        assertThat(restoredFrom(producers.getFirst()).states().find(POD.key()))
                .contains(partition.state(POD));

        // When
        Instant later = Instant.EPOCH.plus(Duration.ofHours(25));
        partition.commit(POD, new Fact.StateOutlived(later, POD, partition.committed()));

        // Then
        assertThat(keys(producers.getFirst())).endsWith(page, POD.key());
        assertThat(producers.getFirst().history().reversed().subList(0, 2))
                .extracting(ProducerRecord::value)
                .containsOnlyNulls();
        assertThat(restoredFrom(producers.getFirst()).states().find(POD.key())).isEmpty();
    }

    /// What another worker would restore of what was committed.
    private static Restored restoredFrom(ObservedProducer producer) {
        Restored restored = restored();
        producer.history().stream()
                .filter(record -> record.topic().equals(TOPICS.states()))
                .forEach(
                        record ->
                                restored.read(
                                        new String(record.key(), StandardCharsets.UTF_8),
                                        Optional.ofNullable(record.value())));
        restored.complete();
        return restored;
    }

    @Test
    void pageThatAnAbortedTransactionHeldIsWrittenInTheNext() throws InterruptedException {
        // Given
        run();
        for (long offset = 10; offset < 10 + 15; offset++) {
            settle(offset, absent(offset));
        }
        producers.getFirst().commitTransactionException = new TimeoutException("no answer");

        // When
        settle(25, absent(25));

        // Then
        assertThat(producers).hasSizeGreaterThan(1);
        assertThat(keys(producers.getLast())).contains(new PageKey(POD.key(), 10).text());
    }

    @Test
    void markerIsAnotherAfterARestartWithTheSameWorkerId() throws InterruptedException {
        // Given
        run();
        settle(10, absent(10));
        Publisher restarted =
                new Publisher(
                        new Ledger(new LedgerSettings(Duration.ofHours(24), 1 << 19, 16, 8)),
                        transactions(),
                        SETTINGS,
                        (_, _) -> {});
        restarted.generation(GENERATION);
        OwnedPartition again =
                new OwnedPartition(
                        restored(), new OffsetWindow(11), restarted, MEMBER, new IdleLife());
        again.window().add(11, 1);
        var _ =
                threads.submit(
                        () -> {
                            restarted.run();
                            return true;
                        });

        // When
        again.settle(PodState.of(POD), delivery(11), absent(11), Duration.ZERO);
        restarted.stop();

        // Then
        assertThat(committed(producers.getLast()).metadata())
                .startsWith("w1/")
                .endsWith("/1")
                .isNotEqualTo(committed(producers.getFirst()).metadata());
    }

    @Test
    void invalidCommandIsAlsoADeadLetterWithItsBytesUnchanged() throws InterruptedException {
        // Given
        run();

        // When
        partition.window().add(10, 1);
        partition.settle(partition.reserved(), delivery(10), refused(10), Duration.ZERO);

        // Then
        ProducerRecord<byte[], byte[]> letter =
                producers.getFirst().history().stream()
                        .filter(r -> r.topic().equals("pod-commands.dlq"))
                        .findFirst()
                        .orElseThrow();
        assertThat(letter.value()).isEqualTo(bytes("the value"));
        assertThat(letter.key()).isEqualTo(bytes("their-key"));
        assertThat(header(letter, "mine")).isEqualTo("kept");
        Set<String> added = headers(letter);
        added.remove("mine");
        added.add("podwire-error-omitted"); // nothing is
        assertThat(added).isEqualTo(AsyncApi.headers(DEAD_LETTER));
        assertThat(header(letter, "__dlq.errors.offset")).isEqualTo("10");
        assertThat(header(letter, "podwire-error-reason")).isEqualTo("SCHEMA");
        assertThat(header(letter, "podwire-error-pointer")).isEqualTo("/data/pod");
        assertThat(producers.getFirst().history().getFirst().key()).isEqualTo(bytes("their-key"));
    }

    @Test
    void deadLetterThatDoesNotFitSaysWhereItsRecordIs() throws InterruptedException {
        // Given
        ObservedProducer producer = narrowProducer();
        producers.add(producer);
        run();

        // When
        partition.window().add(10, 1);
        partition.settle(partition.reserved(), delivery(10), refused(10), Duration.ZERO);
        partition.window().add(11, 1);
        partition.settle(PodState.of(POD), delivery(11), absent(11), Duration.ZERO);

        // Then
        assertThat(producer.history())
                .extracting(ProducerRecord::topic)
                .containsExactly(
                        "pod-events",
                        "pod-commands.dlq",
                        "pod-states",
                        "pod-events",
                        "pod-states",
                        "pod-states");
        ProducerRecord<byte[], byte[]> letter = producer.history().get(1);
        assertThat(letter.key()).isNull();
        assertThat(headers(letter)).isEqualTo(AsyncApi.headers(DEAD_LETTER));
        assertThat(header(letter, "__dlq.errors.offset")).isEqualTo("10");
        assertThat(header(letter, "podwire-error-reason")).isEqualTo("SCHEMA");
        assertThat(header(letter, "podwire-error-omitted"))
                .isEqualTo(Long.toString(delivery(10).bytes()));
        assertThat(committed(producer).offset()).isEqualTo(12);
    }

    /// A producer gives up all that it has not sent yet with the failure of the one record that was refused.
    @Test
    void deadLetterThatIsGivenUpWithAnotherIsSentWholeInTheNextTransaction()
            throws InterruptedException {
        // Given
        ObservedProducer producer = narrowProducer();
        producers.add(producer);
        String reserved = partition.reserved().key();
        for (long offset = 10; offset < 13; offset++) {
            partition.window().add(offset, 1);
            publisher.submit(
                    new Submission(
                            partition, reserved, refused(offset), delivery(offset), Duration.ZERO));
        }

        // When
        run();
        settle(13, absent(13));

        // Then
        assertThat(producer.history())
                .filteredOn(record -> record.topic().equals(TOPICS.deadLetters()))
                .extracting(letter -> Optional.ofNullable(letter.value()).isPresent())
                .containsExactly(false, true, false);
    }

    @Test
    void eventThatDoesNotFitIsSentShorterAndSaysSo() throws InterruptedException {
        // Given
        ObservedProducer producer =
                refusing(
                        record ->
                                record.topic().equals(TOPICS.events())
                                        && record.value().length > 3_000);
        producers.add(producer);
        run();

        // When
        for (Fact.Refused fact :
                List.of(refused(10, "x".repeat(5_000)), refused(11, "y".repeat(500)))) {
            long offset = fact.origin().in().offset();
            partition.window().add(offset, 1);
            partition.settle(partition.reserved(), delivery(offset), fact, Duration.ZERO);
        }

        // Then
        List<String> events =
                producer.history().stream()
                        .filter(record -> record.topic().equals(TOPICS.events()))
                        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                        .toList();
        assertThat(events).hasSize(2);
        assertThat(events.getFirst()).contains("x".repeat(1_000)).contains("would not fit");
        assertThat(events.getLast()).contains("y".repeat(500)).doesNotContain("would not fit");
        assertThat(committed(producer).offset()).isEqualTo(12);
    }

    /// Takes no dead letter of a record at an even offset that has a value.
    private static ObservedProducer narrowProducer() {
        return refusing(
                record ->
                        record.topic().equals(TOPICS.deadLetters())
                                && record.value() != null
                                && header(record, "__dlq.errors.offset").matches(".*[02468]"));
    }

    /// Its failure is always the same object.
    private static ObservedProducer refusing(Predicate<ProducerRecord<byte[], byte[]>> which) {
        return new ObservedProducer() {
            private final KafkaException tooLarge = new RecordTooLargeException("no");
            private boolean broken;

            @Override
            public synchronized Future<RecordMetadata> send(
                    ProducerRecord<byte[], byte[]> record, Callback callback) {
                if (!broken && !which.test(record)) {
                    return super.send(record, callback);
                }
                broken = true;
                callback.onCompletion(null, tooLarge);
                commitTransactionException = new KafkaException(tooLarge);
                return CompletableFuture.failedFuture(tooLarge);
            }

            @Override
            public void abortTransaction() {
                super.abortTransaction();
                commitTransactionException = null;
                broken = false;
            }
        };
    }

    @Test
    void abortedTransactionIsSentAgainWhole() throws ExecutionException, InterruptedException {
        // Given
        ObservedProducer producer = new ObservedProducer();
        producers.add(producer);
        producer.commitTransactionException = new TransactionAbortableException("once");
        Future<?> settled =
                threads.submit(
                        () -> {
                            settle(10, absent(10));
                            return true;
                        });
        publisher.generation(GENERATION);

        // When
        var _ =
                threads.submit(
                        () -> {
                            publisher.run();
                            return true;
                        });
        until(() -> producer.transactionAborted());
        producer.commitTransactionException = null;
        settled.get();

        // Then
        assertThat(committed(producer).offset()).isEqualTo(11);
        assertThat(producer.history()).hasSize(3);
    }

    @Test
    void abortedTransactionThatTheBrokersHaveNotEndedIsEndedBeforeTheNext()
            throws InterruptedException {
        // Given
        ObservedProducer broken = new ObservedProducer();
        producers.add(broken);
        broken.commitTransactionException = new TimeoutException("no answer");
        remnants.add(Map.of(EVENTS, 0L));
        remnants.add(Map.of(EVENTS, 0L));
        run();

        // When
        settle(10, absent(10));

        // Then
        ObservedProducer next = producers.getLast();
        assertThat(next.aborted())
                .hasSize(2)
                .allSatisfy(
                        sent ->
                                assertThat(sent)
                                        .extracting(each -> at(each.topic(), each.partition()))
                                        .containsExactly(EVENTS));
        assertThat(next.history())
                .extracting(ProducerRecord::topic)
                .containsExactly("pod-events", "pod-states", "pod-states");
    }

    @Test
    void committedTransactionThatTheBrokersHaveNotEndedIsNotTakenForAnAbortedOne()
            throws InterruptedException {
        // Given
        ObservedProducer broken = new ObservedProducer();
        producers.add(broken);
        run();
        settle(10, absent(10));
        broken.commitTransactionException = new TimeoutException("no answer");
        remnants.add(Map.of(EVENTS, 0L));

        // When
        settle(11, absent(11));

        // Then
        assertThat(remnants).isEmpty();
        assertThat(producers).hasSize(2);
        assertThat(producers.getLast().aborted()).isEmpty();
        assertThat(producers.getLast().history()).hasSize(3);
    }

    @Test
    void whatAnEarlierWorkerWithTheSameIdLeftOpenIsEndedAtTheStart() throws InterruptedException {
        // Given
        remnants.add(Map.of(EVENTS, 0L));

        // When
        transactions().begin(() -> false);

        // Then
        assertThat(producers.getLast().aborted())
                .singleElement(InstanceOfAssertFactories.list(ProducerRecord.class))
                .extracting(each -> at(each.topic(), each.partition()))
                .containsExactly(EVENTS);
    }

    @Test
    void committedTransactionThatTheBrokersHaveNotEndedSomewhereIsSentThereAgain()
            throws InterruptedException {
        // Given
        run();
        settle(10, absent(10));
        ObservedProducer producer = producers.getFirst();
        ProducerRecord<byte[], byte[]> event = producer.history().getFirst();
        remnants.add(Map.of(EVENTS, 0L));

        // When
        producer.loseConnection();
        until(() -> producer.history().size() > 3);

        // Then
        assertThat(producer.aborted())
                .singleElement(InstanceOfAssertFactories.list(ProducerRecord.class))
                .extracting(each -> at(each.topic(), each.partition()))
                .containsExactly(EVENTS);
        assertThat(producer.history()).hasSize(4).last().isEqualTo(event);
        assertThat(committed(producer).offset()).isEqualTo(11);
    }

    @Test
    void committedTransactionIsSentAgainBeforeTheNextAndInThePlaceOfNoOther()
            throws InterruptedException {
        // Given
        run();
        settle(10, absent(10));
        ObservedProducer producer = producers.getFirst();
        producer.commitTransactionException = new TransactionAbortableException("once");
        remnants.add(Map.of(EVENTS, 0L));
        producer.loseConnection();
        until(() -> producer.aborted().size() > 1);

        // When
        producer.commitTransactionException = null;
        settle(11, absent(11));

        // Then
        assertThat(producer.history())
                .filteredOn(record -> record.topic().equals(TOPICS.events()))
                .extracting(record -> header(record, "podwire-transaction").replaceAll(".*/", ""))
                .startsWith("1", "1")
                .hasSize(3);
    }

    @Test
    void lostPartitionIsNotSentAgain() throws InterruptedException {
        // Given
        run();
        settle(10, absent(10));
        ObservedProducer producer = producers.getFirst();

        // When
        publisher.lose(List.of(partition));
        remnants.add(Map.of(EVENTS, 0L));
        producer.loseConnection();
        OwnedPartition again =
                new OwnedPartition(
                        restored(), new OffsetWindow(11), publisher, MEMBER, new IdleLife());
        again.window().add(11, 1);
        again.settle(PodState.of(POD), delivery(11), absent(11), Duration.ZERO);

        // Then
        assertThat(remnants).hasSize(1);
        assertThat(producer.aborted()).isEmpty();
    }

    @Test
    void transactionOfUnknownOutcomeIsNotSentTwiceWhenItWasCommitted() throws InterruptedException {
        // Given
        carried = true;
        ObservedProducer producer = new ObservedProducer();
        producers.add(producer);
        producer.commitTransactionException = new TimeoutException("no answer");
        run();

        // When
        settle(10, absent(10));

        // Then
        assertThat(producer.closed()).isTrue();
        assertThat(producers).hasSize(2);
        assertThat(producers.getLast().history()).isEmpty();
        assertThat(partition.state(POD).settledOffset()).isEqualTo(10);
    }

    @Test
    void transactionOfUnknownOutcomeIsSentAgainWhenItWasNotCommitted() throws InterruptedException {
        // Given
        ObservedProducer producer = new ObservedProducer();
        producers.add(producer);
        producer.commitTransactionException = new TimeoutException("no answer");
        run();

        // When
        settle(10, absent(10));

        // Then
        assertThat(producers.getLast().history()).hasSize(3);
        assertThat(partition.state(POD).settledOffset()).isEqualTo(10);
    }

    @Test
    void factsOfALostPartitionAreDroppedAndTheirCallersTold() {
        // Given
        publisher.lose(List.of(partition));

        // Then
        assertThat(partition.held()).isFalse();
        assertThatThrownBy(() -> settle(10, absent(10))).isInstanceOf(PartitionLost.class);
        assertThatThrownBy(() -> partition.awaitState(POD, _ -> false))
                .isInstanceOf(PartitionLost.class);
    }

    @Test
    void factThatWaitsWhenThePartitionIsLostIsDropped() throws InterruptedException {
        // Given
        Submission waiting =
                new Submission(partition, POD.key(), absent(10), delivery(10), Duration.ZERO);
        publisher.submit(waiting);

        // When
        publisher.lose(List.of(partition));
        run();

        // Then
        assertThat(waiting.await()).isFalse();
    }

    @Test
    void drainingPartitionStillCommitsWhatIsUnderWay() throws InterruptedException {
        // Given
        run();
        partition.drain();

        // When
        settle(10, absent(10));

        // Then
        assertThat(partition.held()).isFalse();
        assertThat(partition.state(POD).settledOffset()).isEqualTo(10);
    }

    @Test
    void workerThatIsFencedEnds() throws InterruptedException {
        // Given
        ObservedProducer producer = new ObservedProducer();
        producers.add(producer);
        producer.commitTransactionException = new ProducerFencedException("by another");
        publisher.generation(GENERATION);
        publisher.submit(
                new Submission(partition, POD.key(), absent(10), delivery(10), Duration.ZERO));

        // Then
        assertThatThrownBy(publisher::run)
                .isInstanceOf(Transactions.Fenced.class)
                .hasMessageContaining("podwire-w1");
    }

    private void run() {
        publisher.generation(GENERATION);
        var _ =
                threads.submit(
                        () -> {
                            publisher.run();
                            return true;
                        });
    }

    private void settle(long offset, Fact.OfCommand fact) throws InterruptedException {
        partition.window().add(offset, 1);
        partition.settle(PodState.of(POD), delivery(offset), fact, Duration.ZERO);
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private Transactions transactions() {
        return new Transactions(
                () -> {
                    if (!producers.isEmpty() && !producers.getLast().transactionInitialized()) {
                        return producers.getLast(); // prepared by the test
                    }
                    ObservedProducer fresh = new ObservedProducer();
                    producers.add(fresh);
                    return fresh;
                },
                (_, _) -> carried,
                _ -> Optional.ofNullable(remnants.pollFirst()).or(() -> Optional.of(Map.of())),
                new Records(TOPICS, new EventEncoder("podwire"), new StateCodec(), "podwire"),
                SETTINGS);
    }

    private static Restored restored() {
        Restored restored = new Restored(3, STATES, new Packing());
        restored.serves(TENANCY);
        return restored;
    }

    /// Of all states that were committed, in order.
    private static List<String> keys(ObservedProducer producer) {
        return producer.history().stream()
                .filter(record -> record.topic().equals(TOPICS.states()))
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .toList();
    }

    /// What the newest record of the partition says.
    private static Standing standing(ObservedProducer producer) {
        byte[] value = producer.history().getLast().value();
        return STATES.decodeStanding("#3", value).orElseThrow();
    }

    private static TopicPartition at(String topic, int partition) {
        return new TopicPartition(topic, partition);
    }

    private static OffsetAndMetadata committed(ObservedProducer producer) {
        return producer.consumerGroupOffsetsHistory().getLast().values().stream()
                .map(offsets -> offsets.get(new TopicPartition("pod-commands", 3)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static Fact.Refused refused(long offset) {
        return refused(offset, "pod is missing");
    }

    private static Fact.Refused refused(long offset, String message) {
        return new Fact.Refused(
                Instant.EPOCH,
                Origin.unreadable(in(offset), Optional.of("their-key")),
                CommandError.at(ErrorReason.SCHEMA, "/data/pod", message));
    }

    private static Fact.Absent absent(long offset) {
        return absent(POD, offset);
    }

    private static Fact.Absent absent(PodRef pod, long offset) {
        Origin origin =
                new Origin(
                        in(offset),
                        Optional.of(pod.key()),
                        Optional.of(command(offset)),
                        Optional.empty(),
                        Optional.of(pod),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("digest"));
        return new Fact.Absent(Instant.EPOCH, origin, 1);
    }

    private static CommandRef command(long offset) {
        return new CommandRef("/me", "c" + offset);
    }

    /// Of a pod whose create is not known yet.
    private static PodStatus status() {
        Owner owner = new Owner("podwire", 3, command(20), "digest", Optional.empty());
        return new PodStatus(
                "uid",
                1,
                Optional.of(owner),
                PodLifecycle.PENDING,
                "Pending",
                "Pending",
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    private static Delivery delivery(long offset) {
        return new Delivery(
                in(offset),
                Optional.of(bytes("their-key")),
                Optional.of(bytes("the value")),
                List.of(new Delivery.Header("mine", Optional.of(bytes("kept")))),
                Instant.EPOCH);
    }

    private static RecordRef in(long offset) {
        return new RecordRef("pod-commands", 3, offset);
    }

    private static Set<String> headers(ProducerRecord<byte[], byte[]> record) {
        Set<String> names = new TreeSet<>();
        record.headers().forEach(header -> names.add(header.key()));
        return names;
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
