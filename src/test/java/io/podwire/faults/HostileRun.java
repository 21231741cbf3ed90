package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.podwire.codec.ReadEvent;
import io.podwire.protocol.RecordRef;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Hostile records to the worker of a bench, good commands between them, and what became of all.
///
/// Confined to the test's thread.
final class HostileRun {
    private static final Duration SETTLED = Duration.ofMinutes(1);
    private static final int SPARE_PODS = 5;
    private static final String OURS = "podwire-error-|__dlq\\.errors\\.";

    private final WorkerBench bench;
    private final Map<RecordRef, HostileInput> hostile = new HashMap<>();
    private final Set<RecordRef> good = new HashSet<>();

    /// The number of the spare pod that was read last.
    private int turn;

    /// What is on its way: each notes where its record is once the broker has it.
    private final List<Runnable> places = new ArrayList<>();

    HostileRun(WorkerBench bench) {
        this.bench = bench;
    }

    HostileSeat seat(int partition, String round) {
        return new HostileSeat(bench.namespace(), partition, round);
    }

    /// Makes the pods, and lets the commands be answered, that hostile records refer to.
    void prepare() throws InterruptedException {
        for (int partition = 0; partition < WorkerBench.PARTITIONS; partition++) {
            HostileSeat seat = seat(partition, "first");
            Conversation conversation = new Conversation(bench);
            String pod = seat.goodPod();
            String sleeping =
                    Conversation.creation(
                            pod,
                            Conversation.SLEEPS,
                            Conversation.SMALL,
                            ",\"await\":{\"state\":\"Running\"}");
            String create = WorkerBench.envelope(pod, "pod.create", sleeping);
            assertCarriedOut(conversation.raw(partition, pod, create));
            assertCarriedOut(conversation.raw(partition, pod, seat.knownCommand()));
            assertCarriedOut(conversation.raw(partition, pod, seat.goneCommand()));
            String gone = "{\"name\":\"%s\"}".formatted(seat.gonePod());
            String delete = WorkerBench.envelope("end-" + pod, "pod.delete", gone);
            assertCarriedOut(conversation.raw(partition, pod, delete));
            for (int number = 0; number < SPARE_PODS; number++) {
                String spare = seat.sparePod(number);
                String made = HostileSeat.creation(spare, spare);
                assertCarriedOut(conversation.raw(partition, spare, made));
            }
        }
    }

    private static void assertCarriedOut(ReadEvent answer) {
        assertThat(answer.body()).as(answer.json()).isInstanceOf(ReadEvent.Succeeded.class);
    }

    void send(int partition, HostileInput input) {
        Supplier<RecordRef> place = bench.sendLater(input.record(bench.commands(), partition));
        places.add(() -> hostile.put(place.get(), input));
    }

    void sendGood(int partition) {
        Supplier<RecordRef> place = bench.sendLater(goodCommand(partition));
        places.add(() -> good.add(place.get()));
    }

    /// A read of a pod that is there, each time of another one.
    private ProducerRecord<byte[], byte[]> goodCommand(int partition) {
        HostileSeat seat = seat(partition, "good");
        turn = (turn + 1) % SPARE_PODS;
        String pod = seat.sparePod(turn);
        byte[] value = HostileList.bytes(HostileSeat.read(Conversation.name("good"), pod));
        byte[] key = HostileList.bytes(seat.key(pod));
        return new ProducerRecord<>(bench.commands(), partition, key, value);
    }

    /// The time from the good command's sending to its answer.
    Duration timeOfGoodCommand(int partition) throws InterruptedException {
        awaitSent();
        long beganNanos = System.nanoTime();
        RecordRef sent = bench.sendAside(goodCommand(partition));
        good.add(sent);
        var _ = bench.answerTo(sent);
        return Duration.ofNanos(System.nanoTime() - beganNanos);
    }

    private void awaitSent() {
        places.forEach(Runnable::run);
        places.clear();
    }

    /// Each record that was sent has its one answer, and those that are no commands their dead letter.
    void assertAnswered() throws InterruptedException {
        awaitSent();
        bench.worker().await(SETTLED, () -> answers().keySet().containsAll(hostile.keySet()));
        bench.worker().await(SETTLED, () -> answers().keySet().containsAll(good));
        bench.awaitSettled(); // what is answered twice is so by then
        Map<RecordRef, List<String>> answers = answers();
        Map<String, String> wrong = new TreeMap<>();
        hostile.forEach(
                (at, input) -> {
                    List<String> got = answers.getOrDefault(at, List.of());
                    if (!got.equals(List.of(input.answer()))) {
                        wrong.put(input.toString(), got + " instead of " + input.answer());
                    }
                });
        assertThat(wrong).isEmpty();
        assertThat(good)
                .allSatisfy(
                        at -> assertThat(answers.get(at)).containsExactly(HostileInput.SUCCEEDED));
        assertThat(bench.worker().log(line -> line.contains("defect"))).isEmpty();
        assertKept();
    }

    private Map<RecordRef, List<String>> answers() {
        return bench.events().where(ReadEvent::terminal).stream()
                .collect(
                        Collectors.groupingBy(
                                event -> event.in().orElseThrow(),
                                Collectors.mapping(HostileRun::answer, Collectors.toList())));
    }

    private static String answer(ReadEvent event) {
        return switch (event.body()) {
            case ReadEvent.Succeeded _ -> HostileInput.SUCCEEDED;
            case ReadEvent.Duplicate _ -> HostileInput.DUPLICATE;
            case ReadEvent.Rejected(var error) -> error.code() + "/" + error.reason();
            case ReadEvent.Failed(var error, _) -> error.code() + "/" + error.reason();
            default -> throw new AssertionError("no answer: " + event.json());
        };
    }

    private void assertKept() {
        List<RecordRef> kept = new ArrayList<>();
        bench.readAll("dlq", letter -> kept.add(checked(letter)));
        Set<RecordRef> wanted =
                hostile.entrySet().stream()
                        .filter(each -> each.getValue().kept())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        assertThat(kept).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(wanted);
    }

    /// Where the letter's record was.
    private RecordRef checked(ConsumerRecord<byte[], byte[]> letter) {
        RecordRef at =
                new RecordRef(
                        text(letter, "__dlq.errors.topic"),
                        Integer.parseInt(text(letter, "__dlq.errors.partition")),
                        Long.parseLong(text(letter, "__dlq.errors.offset")));
        HostileInput input = Objects.requireNonNull(hostile.get(at), "nobody sent " + at);
        assertThat(text(letter, "podwire-error-code")).isEqualTo("COMMAND_INVALID");
        assertThat("COMMAND_INVALID/" + text(letter, "podwire-error-reason"))
                .isEqualTo(input.answer());
        if (input.what().equals(HostileRecords.TOO_LARGE_TO_KEEP)) {
            assertThat(letter.value()).isNull();
            assertThat(Long.parseLong(text(letter, "podwire-error-omitted")))
                    .isGreaterThan(HostileInput.LARGE_BYTES);
        } else {
            assertUnchanged(letter, input);
        }
        return at;
    }

    private static void assertUnchanged(ConsumerRecord<byte[], byte[]> letter, HostileInput input) {
        boolean same =
                Arrays.equals(letter.key(), input.key().orElse(null))
                        && Arrays.equals(letter.value(), input.value().orElse(null))
                        && theirs(letter).equals(input.headers());
        assertThat(same).as("kept as it came: " + input + ", " + outline(letter)).isTrue();
    }

    private static String outline(ConsumerRecord<byte[], byte[]> letter) {
        return "a letter of %d and %d bytes with %s"
                .formatted(
                        letter.serializedKeySize(),
                        letter.serializedValueSize(),
                        Arrays.stream(letter.headers().toArray()).map(Header::key).toList());
    }

    private static List<Header> theirs(ConsumerRecord<byte[], byte[]> letter) {
        return Arrays.stream(letter.headers().toArray())
                .filter(header -> !header.key().matches("(" + OURS + ").*"))
                .toList();
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String header) {
        return Optional.ofNullable(letter.headers().lastHeader(header))
                .map(found -> new String(found.value(), StandardCharsets.UTF_8))
                .orElse("");
    }

    /// Deletes what the hostile creates made, and waits until the worker knows.
    void deletePods(KubernetesClient admin) {
        admin.pods().inNamespace(bench.namespace()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getName().startsWith("h-"))
                .forEach(
                        pod -> {
                            var _ = admin.resource(pod).withGracePeriod(0).delete();
                        });
    }
}
