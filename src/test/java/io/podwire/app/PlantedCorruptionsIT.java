package io.podwire.app;

import static io.podwire.testkit.CopiedTopics.Row.with;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.audit.Counted;
import io.podwire.audit.Finding;
import io.podwire.audit.FindingKind;
import io.podwire.codec.ReadEvent;
import io.podwire.kafka.Topics;
import io.podwire.sandbox.SimulatedCluster;
import io.podwire.sandbox.SimulationSettings;
import io.podwire.testkit.CopiedTopics;
import io.podwire.testkit.CopiedTopics.Row;
import io.podwire.testkit.SharedKafka;
import io.podwire.testkit.TopicAudit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// The audit of a real run's topics finds nothing, and of each copy with one corruption exactly that one.
class PlantedCorruptionsIT {
    private static final String NOBODY = "no-such-group";
    private static final String TRANSITION = "io.podwire.pod.transition.v1";
    private static final String TOLD = "default/told";
    private static final String STAYS = "default/stays";

    @TempDir private static Path dir;
    private static CopiedTopics clean;

    @BeforeAll
    static void runAWorker() throws IOException, ExecutionException, InterruptedException {
        try (var cluster = SimulatedCluster.start(SimulationSettings.defaults())) {
            Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), cluster.kubeconfig());
            var worker = new RunningWorker(SharedKafka.bootstrapServers(), kubeconfig, "default");
            try {
                live(worker);
            } finally {
                worker.close();
            }
            clean = CopiedTopics.of(SharedKafka.bootstrapServers(), worker.topics());
        }
    }

    private static void live(RunningWorker worker) throws InterruptedException {
        String prints = "for i in 1 2 3; do echo line $i; sleep 1.5; done; exit 3";
        create(worker, "c-told", "told", prints);
        worker.send("l", "pod.logs", "told", "{\"name\":\"told\",\"follow\":true}");
        worker.events().answer("l");
        awaitTransition(worker, TOLD, "Failed");
        worker.send("g1", "pod.get", "told", "{\"name\":\"told\"}");
        worker.send("g2", "pod.get", "told", "{\"name\":\"told\"}");
        worker.events().answer("g2");
        worker.send("d", "pod.delete", "told", "{\"name\":\"told\"}");
        worker.events().answer("d");
        awaitTransition(worker, TOLD, "Deleted");
        create(worker, "c-again", "told", "sleep 1000");
        create(worker, "c-stays", "stays", "exit 1");
        create(worker, "c-stays", "stays", "exit 1");
        worker.events().await(event -> event.body() instanceof ReadEvent.Duplicate);
        awaitTransition(worker, STAYS, "Failed");
        worker.send("follows", "pod.logs", "told", "{\"name\":\"told\",\"follow\":true}");
        worker.events()
                .await(
                        event ->
                                event.body() instanceof ReadEvent.Accepted
                                        && event.cause()
                                                .filter(c -> c.id().equals("follows"))
                                                .isPresent());
    }

    private static void create(RunningWorker worker, String id, String pod, String script)
            throws InterruptedException {
        worker.send(
                id,
                "pod.create",
                pod,
                """
                {"pod":{"name":"%s","image":"busybox:1.36","command":["sh","-c","%s"],\
                "resources":{"cpu":"5m","memory":"16Mi"}}}\
                """
                        .formatted(pod, script));
        worker.events().answer(id);
    }

    private static void awaitTransition(RunningWorker worker, String pod, String to)
            throws InterruptedException {
        worker.events()
                .await(
                        event ->
                                event.subject().filter(pod::equals).isPresent()
                                        && event.body() instanceof ReadEvent.Transition t
                                        && t.to().equals(to));
    }

    @Test
    void cleanCopyIsClean() throws InterruptedException {
        // When
        TopicAudit audit = audit(clean.again());

        // Then
        assertThat(audit.findings()).isEmpty();
        assertThat(audit.summary().count(Counted.COMMANDS)).isEqualTo(9);
        assertThat(audit.summary().count(Counted.ANSWERED)).isEqualTo(8);
        assertThat(audit.summary().count(Counted.DUPLICATES)).isEqualTo(1);
        assertThat(audit.summary().count(Counted.OPEN)).isEqualTo(1);
        assertThat(audit.summary().count(Counted.PODS)).isEqualTo(3);
        assertThat(audit.summary().count(Counted.STATES_COMPARED)).isEqualTo(2);
        assertThat(audit.summary().count(Counted.LOG_CHUNKS)).isGreaterThan(2);
    }

    @ParameterizedTest
    @EnumSource
    void corruptionIsFoundAndNothingElse(Corruption corruption) throws InterruptedException {
        // Given
        CopiedTopics copy = clean.again();

        // When
        corruption.planting.accept(copy);
        TopicAudit audit = audit(copy);

        // Then
        assertThat(audit.findings())
                .extracting(Finding::kind)
                .as("%s", audit.findings())
                .containsExactly(corruption.expected);
    }

    private static TopicAudit audit(CopiedTopics copy) throws InterruptedException {
        Topics topics = copy.write(SharedKafka.bootstrapServers());
        return TopicAudit.of(SharedKafka.bootstrapServers(), topics, NOBODY, "default");
    }

    enum Corruption {
        TERMINAL_EVENT_DROPPED(FindingKind.NO_ANSWER, copy -> drop(copy, answerTo("g1"))),
        TERMINAL_EVENT_OF_A_SESSION_DROPPED(
                FindingKind.NO_ANSWER, copy -> drop(copy, answerTo("l"))),
        ANSWERED_TWICE(FindingKind.ANSWERED_TWICE, copy -> repeat(copy, answerTo("g1"), _ -> {})),
        REPEAT_CARRIED_OUT(
                FindingKind.ID_ANSWERED_TWICE,
                copy ->
                        edit(
                                copy,
                                isType("io.podwire.command.duplicate.v1"),
                                event -> {
                                    event.put("type", "io.podwire.command.succeeded.v1");
                                    data(event).remove("first");
                                    data(event).put("outcome", "created");
                                })),
        EVENT_WITHOUT_CAUSE(
                FindingKind.EVENT_WITHOUT_CAUSE,
                copy ->
                        repeat(
                                copy,
                                answerTo("g1"),
                                event -> data(event).withObject("/in").put("offset", 4711))),
        TRANSITION_DROPPED(FindingKind.SEQ_HOLE, copy -> drop(copy, transition(TOLD, 2))),
        TRANSITION_REPEATED(
                FindingKind.SEQ_REPEATED, copy -> repeat(copy, transition(TOLD, 2), _ -> {})),
        CHUNK_DROPPED(FindingKind.CHUNK_MISSING, copy -> drop(copy, chunk(1))),
        LAST_CHUNK_DROPPED(
                FindingKind.CHUNK_MISSING,
                copy ->
                        drop(
                                copy,
                                isType("io.podwire.log.chunk.v1").and(with("/data/last", "true")))),
        CHUNK_REPEATED(FindingKind.CHUNK_REPEATED, copy -> repeat(copy, chunk(1), _ -> {})),
        LAST_CHUNK_UNSAID(
                FindingKind.LAST_MISSING,
                copy ->
                        edit(
                                copy,
                                isType("io.podwire.log.chunk.v1").and(with("/data/last", "true")),
                                event -> data(event).put("last", false))),
        TRANSACTION_TORN(FindingKind.TORN_TRANSACTION, Corruption::tear),
        OUTCOME_CHANGED(FindingKind.OUTCOME_CHANGED, Corruption::changeOutcome),
        TRANSITION_AFTER_DELETED(
                FindingKind.AFTER_DELETED,
                copy -> repeat(copy, deletion(), event -> follow(event, "Deleted", "Running"))),
        NEW_UID_BEFORE_DELETED(FindingKind.UID_BEFORE_DELETED, copy -> drop(copy, deletion())),
        STATE_DISAGREES(
                FindingKind.STATE_DISAGREES,
                copy -> editState(copy, pod -> pod.put("state", "Ready"))),
        EFFECTS_SWAPPED(FindingKind.ORDER_INVERTED, Corruption::swap),
        EXPIRED_CREATED(
                FindingKind.EXPIRED_EXECUTED,
                copy ->
                        copy.commands()
                                .replaceAll(
                                        row ->
                                                with("/id", "c-told").test(row)
                                                        ? row.edited(
                                                                json ->
                                                                        json.put(
                                                                                "expirytime",
                                                                                "2020-01-01T00:00:00Z"))
                                                        : row));

        private final FindingKind expected;

        @SuppressWarnings("ImmutableEnumChecker") // none of them captures anything
        private final Consumer<CopiedTopics> planting;

        Corruption(FindingKind expected, Consumer<CopiedTopics> planting) {
            this.expected = expected;
            this.planting = planting;
        }

        private static Predicate<Row> isType(String type) {
            return with("/type", type);
        }

        private static Predicate<Row> answerTo(String id) {
            Predicate<Row> succeeded = isType("io.podwire.command.succeeded.v1");
            return succeeded.and(with("/causationid", id));
        }

        private static Predicate<Row> transition(String pod, int seq) {
            Predicate<Row> ofPod = isType(TRANSITION).and(with("/subject", pod));
            return ofPod.and(with("/data/seq", Integer.toString(seq)));
        }

        private static Predicate<Row> deletion() {
            Predicate<Row> ofPod = isType(TRANSITION).and(with("/subject", TOLD));
            return ofPod.and(with("/data/to", "Deleted"));
        }

        private static Predicate<Row> chunk(int number) {
            return isType("io.podwire.log.chunk.v1")
                    .and(with("/data/chunk", Integer.toString(number)));
        }

        private static ObjectNode data(ObjectNode event) {
            return event.withObject("/data");
        }

        private static int find(List<Row> rows, Predicate<Row> wanted) {
            return IntStream.range(0, rows.size())
                    .filter(i -> wanted.test(rows.get(i)))
                    .findFirst()
                    .orElseThrow();
        }

        private static void drop(CopiedTopics copy, Predicate<Row> wanted) {
            copy.events().remove(find(copy.events(), wanted));
            copy.mendManifests();
        }

        /// Puts it a second time behind itself, changed.
        private static void repeat(
                CopiedTopics copy, Predicate<Row> wanted, Consumer<ObjectNode> change) {
            int at = find(copy.events(), wanted);
            copy.events().add(at + 1, copy.events().get(at).edited(change));
            copy.mendManifests();
        }

        private static void edit(
                CopiedTopics copy, Predicate<Row> wanted, Consumer<ObjectNode> change) {
            int at = find(copy.events(), wanted);
            copy.events().set(at, copy.events().get(at).edited(change));
        }

        private static void editState(CopiedTopics copy, Consumer<ObjectNode> change) {
            int at =
                    IntStream.range(0, copy.states().size())
                            .filter(i -> copy.states().get(i).key().equals(STAYS))
                            .reduce((_, later) -> later)
                            .orElseThrow();
            Row newest = copy.states().get(at);
            copy.states().set(at, newest.edited(json -> change.accept(json.withObject("/pod"))));
        }

        /// Of the acceptance of the delete and what follows it, made one transaction, only the second is left.
        private static void tear(CopiedTopics copy) {
            int at =
                    find(
                            copy.events(),
                            isType("io.podwire.command.accepted.v1")
                                    .and(with("/causationid", "d")));
            copy.events().remove(at);
            Row left = copy.events().get(at);
            copy.events().set(at, left.inTransaction("torn/1", 0, 1));
            copy.mendManifests();
            copy.events().set(at, left.inTransaction("torn/1", 1, 2));
        }

        private static void changeOutcome(CopiedTopics copy) {
            int at =
                    find(
                            copy.events(),
                            isType(TRANSITION)
                                    .and(with("/subject", STAYS))
                                    .and(with("/data/to", "Failed")));
            Row changed =
                    copy.events().get(at).edited(event -> follow(event, "Failed", "Succeeded"));
            copy.events().add(at + 1, changed);
            copy.mendManifests();
            long seq = changed.json().at("/data/seq").asLong();
            editState(copy, pod -> pod.put("state", "Succeeded").put("seq", seq));
        }

        /// Makes of a transition the one after it.
        private static void follow(ObjectNode event, String from, String to) {
            ObjectNode data = data(event);
            data.put("seq", data.path("seq").asLong() + 1).put("from", from).put("to", to);
        }

        private static void swap(CopiedTopics copy) {
            List<Row> events = copy.events();
            Collections.swap(events, find(events, answerTo("g1")), find(events, answerTo("g2")));
            copy.mendManifests();
        }
    }
}
