package io.podwire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.podwire.protocol.Await;
import io.podwire.protocol.Command;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Event;
import io.podwire.protocol.IdPage;
import io.podwire.protocol.IdPages;
import io.podwire.protocol.Known;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Life;
import io.podwire.protocol.LogCursor;
import io.podwire.protocol.LogRequest;
import io.podwire.protocol.Open;
import io.podwire.protocol.Origin;
import io.podwire.protocol.Owner;
import io.podwire.protocol.PodLifecycle;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.PodStatus;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.Trace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

class StateCodecTest {
    private static final PodRef POD = new PodRef("default", "hello");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final Origin ORIGIN =
            new Origin(
                    new RecordRef("pod-commands", 2, 77),
                    Optional.of(POD.key()),
                    Optional.of(new CommandRef("/me", "c-1")),
                    Optional.of("io.podwire.pod.create.v1"),
                    Optional.of(POD),
                    Optional.of("corr"),
                    Optional.of(new Trace("00-aa-bb-01", Optional.of("x=y"))),
                    Optional.of("digest"));

    private final StateCodec codec = new StateCodec();

    @Test
    void everythingTheWorkerRemembersComesBack() {
        // Given
        PodState state = full();

        // When
        PodState read = codec.decode(state.key(), codec.encode(state));

        // Then
        assertThat(read).isEqualTo(state);
    }

    @Test
    void whatThisVersionWritesIsReadInItsOrder() {
        // When
        List<byte[]> written = new ArrayList<>(States.written(codec).values());
        written.add(codec.encode(full()));

        // Then
        assertThat(written).allSatisfy(value -> assertThat(StateCodec.current(value)).isPresent());
    }

    @Test
    void orderOfFieldsDoesNotMatter() throws IOException {
        // Given
        JsonNode written = new JsonMapper().readTree(codec.encode(full()));

        // When
        byte[] reordered = backwards(written).toString().getBytes(StandardCharsets.UTF_8);

        // Then
        assertThat(StateCodec.current(reordered)).isEmpty();
        assertThat(codec.decode(POD.key(), reordered)).isEqualTo(full());
    }

    private static JsonNode backwards(JsonNode node) {
        if (node instanceof ArrayNode array) {
            array.forEach(StateCodecTest::backwards);
        }
        if (node instanceof ObjectNode object) {
            List<Map.Entry<String, JsonNode>> fields = List.copyOf(object.properties());
            object.removeAll();
            fields.reversed()
                    .forEach(field -> object.set(field.getKey(), backwards(field.getValue())));
        }
        return node;
    }

    @Test
    void idsOfAllSourcesPartitionsAndKindsComeBack() {
        // Given
        Map<CommandRef, Known> ids = new HashMap<>();
        for (int number = 0; number < 24; number++) {
            Optional<Event.Verdict> answer =
                    Optional.of(number % 3 == 0 ? Event.Verdict.FAILED : Event.Verdict.REJECTED)
                            .filter(_ -> ids.size() % 5 > 0);
            Known.Keep keep = number % 2 == 0 ? Known.Keep.WINDOW : Known.Keep.STATE;
            RecordRef in = new RecordRef("commands-" + number % 4, number % 6, number);
            ids.put(
                    new CommandRef("/s/" + number % 3, "ü\"" + number),
                    new Known(in, "digest-" + number, answer, keep, AT.plusNanos(number)));
        }
        PodState state = withIds(IdPages.NONE, ids);

        // When
        byte[] value = codec.encode(state);

        // Then
        assertThat(StateCodec.current(value)).isPresent();
        assertThat(codec.decode(POD.key(), value)).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":3,\"worker\":{\"settled\":null,\"ids\":[],\"open\":[]}}",
                "{\"version\":3,\"worker\":{\"ids\":[],\"open\":[]}}",
                "{\"version\":3,\"worker\":{\"settled\":1,\"open\":[]}}",
                "{\"version\":3,\"worker\":{\"settled\":1,\"ids\":{},\"open\":[]}}",
                "{\"version\":3,\"worker\":{\"settled\":1,\"ids\":[[\"/s\",\"t\",-1]],\"open\":[]}}",
                "{\"version\":3,\"worker\":{\"settled\":1,\"ids\":[[\"/s\",\"t\",1,[\"i\",-1,\"d\",0,0,\"WINDOW\"]]],\"open\":[]}}",
                "{\"version\":3,\"worker\":{\"settled\":1,\"ids\":[[\"/s\",\"t\",1,[\"i\",1,\"d\",0,-1,\"WINDOW\"]]],\"open\":[]}}",
                "{\"version\":3,\"worker\":{\"settled\":1,\"ids\":[[\"/s\",\"t\",1,[\"i\",1,\"d\",31556889864403200,0,\"WINDOW\"]]],\"open\":[]}}",
                "{\"version\":3,\"worker\":{\"settled\":1,\"ids\":[[\"/s\",\"t\",1,[\"i\",1,\"d\",0,0,\"EVER\"]]],\"open\":[]}}",
                "{\"version\":3,\"worker\":{\"settled\":1,\"ids\":[[\"/s\",\"t\",1,[\"i\",1,\"d\",0,0,\"WINDOW\",\"FAILED\",1]]],\"open\":[]}}",
                "{\"version\":3,\"worker\":{\"settled\":1,\"ids\":[[\"/s\",\"t\",1,[\"i\",1,\"d\"]]],\"open\":[]}}",
                "{\"version\":2}",
                "{\"version\":3,\"worker\":{\"settled\":1,\"life\":{\"uid\":\"u\"},\"ids\":[],\"open\":[]}}"
            })
    void stateThatLacksWhatEveryOneHasIsRefused(String value) {
        assertThatExceptionOfType(StateCodec.UnreadableState.class)
                .isThrownBy(() -> codec.decode("a/b", value.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("a/b");
    }

    @Test
    void stateOfAnEarlierBuildLacksWhatItDidNotKnow() throws IOException {
        // Given
        ObjectNode earlier = (ObjectNode) new JsonMapper().readTree(codec.encode(full()));
        ObjectNode life = (ObjectNode) earlier.at("/worker/life");
        assertThat(life.remove("outcomeAt")).isNotNull();
        assertThat(((ObjectNode) life.at("/last/owner")).remove("ttlAfterFinished")).isNotNull();

        // When
        PodState read =
                codec.decode(POD.key(), earlier.toString().getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(read.life().orElseThrow().outcome()).contains(PodLifecycle.FAILED);
        assertThat(read.life().orElseThrow().outcomeAt()).isEmpty();
        assertThat(read.life().flatMap(Life::last).flatMap(PodStatus::owner))
                .hasValueSatisfying(owner -> assertThat(owner.ttlAfterFinished()).isEmpty());
    }

    @Test
    void whatReadersSeeIsWhatTheSchemaSays() throws IOException {
        // When
        JsonNode value = SchemaFiles.JSON.readTree(codec.encode(full()));

        // Then
        assertThat(SchemaFiles.findings("pod-state", value)).isEmpty();
        assertThat(value.at("/pod/state").asText()).isEqualTo("Failed");
        assertThat(value.at("/pod/reason").asText()).isEqualTo("Error");
        assertThat(value.at("/pod/seq").asLong()).isEqualTo(4);
        assertThat(value.at("/pod/openCommands")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pod-state", "pod-state.reserved"})
    void exampleComesBackAsTheStateThatItShows(String example) throws IOException {
        // Given
        Path file = SchemaFiles.FOLDER.resolve("examples").resolve(example + ".json");
        PodState state = Objects.requireNonNull(States.byExample().get(example));

        // When
        PodState read = codec.decode(state.key(), Files.readAllBytes(file));

        // Then
        assertThat(read).isEqualTo(state);
    }

    @Test
    void reservedStateHasNoPod() {
        // Given
        PodState state = PodState.reserved(5);

        // When
        byte[] value = codec.encodeReserved(state, States.standing());

        // Then
        assertThat(codec.decode("#5", value)).isEqualTo(state);
        assertThat(codec.decodeStanding("#5", value)).contains(States.standing());
    }

    @Test
    void reservedStateOfAnEarlyBuildOfTheVersionBeforeDoesNotSayWhereThePartitionStands() {
        assertThat(
                        codec.decodeStanding(
                                "#3",
                                "{\"version\":2,\"worker\":{\"settled\":1,\"ids\":[],\"open\":[]}}"
                                        .getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void pagesOfIdsAreValuesOfTheirOwn() {
        // Given
        IdPage first = page(70);
        IdPage second = page(73);
        PodState state = withPages(first, second);
        PageCodec pages = new PageCodec();
        Map<String, byte[]> topic =
                Map.of(
                        "#default/hello/70",
                        pages.encode(first, Optional.of(page(60))), // which is forgotten
                        "#default/hello/73",
                        pages.encode(second, Optional.of(first)));

        // When
        byte[] value = codec.encode(state);

        // Then
        assertThat(new String(value, StandardCharsets.UTF_8))
                .contains("\"pages\":{\"oldest\":70,\"newest\":73}")
                .doesNotContain("paged-");
        assertThat(StateCodec.current(value)).isPresent();
        PodState read = codec.decode(POD.key(), value, key -> Optional.ofNullable(topic.get(key)));
        assertThat(read).isEqualTo(state);
        assertThat(read.known().find(new CommandRef("/me", "paged-71"))).isPresent();
        assertThat(codec.decode(POD.key(), value, state.known().pages())).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "{\"version\":4,\"worker\":{\"ids\":[]}}",
                "{\"version\":3,\"worker\":{\"ids\":[]}}",
                "{\"version\":3,\"worker\":{}}"
            })
    void stateWhosePageCannotBeReadIsRefused(String page) {
        byte[] value = codec.encode(withPages(page(70)));
        byte[] junk = page.getBytes(StandardCharsets.UTF_8);
        assertThatExceptionOfType(StateCodec.UnreadableState.class)
                .isThrownBy(() -> codec.decode(POD.key(), value, _ -> Optional.of(junk)))
                .withMessageContaining("the state under key default/hello")
                .withMessageContaining("#default/hello/70");
    }

    @Test
    void stateWhosePageIsMissingIsRefused() {
        byte[] value = codec.encode(withPages(page(70), page(73)));
        byte[] newest = new PageCodec().encode(page(73), Optional.of(page(70)));
        assertThatExceptionOfType(StateCodec.UnreadableState.class)
                .isThrownBy(() -> codec.decode(POD.key(), value))
                .withMessageContaining("#default/hello/73 is missing");
        assertThatExceptionOfType(StateCodec.UnreadableState.class)
                .isThrownBy(
                        () ->
                                codec.decode(
                                        POD.key(),
                                        value,
                                        key -> Optional.of(newest).filter(_ -> key.endsWith("73"))))
                .withMessageContaining("#default/hello/70 is missing");
    }

    @Test
    void stateWhosePagesDoNotLeadToItsOldestIsRefused() {
        byte[] value = codec.encode(withPages(page(70), page(73)));
        byte[] alone = new PageCodec().encode(page(73), Optional.empty());
        byte[] another = new PageCodec().encode(page(70), Optional.empty());
        assertThatExceptionOfType(StateCodec.UnreadableState.class)
                .isThrownBy(
                        () ->
                                codec.decode(
                                        POD.key(),
                                        value,
                                        key -> Optional.of(key.endsWith("73") ? alone : another)))
                .withMessageContaining("#default/hello/73 names none before it");
        assertThatExceptionOfType(StateCodec.UnreadableState.class)
                .isThrownBy(() -> codec.decode(POD.key(), value, _ -> Optional.of(another)))
                .withMessageContaining("#default/hello/73 holds page 70");
    }

    private static PodState withPages(IdPage... pages) {
        return withIds(IdPages.of(List.of(pages)), full().known().last());
    }

    private static PodState withIds(IdPages pages, Map<CommandRef, Known> last) {
        PodState full = full();
        return new PodState(
                full.key(),
                full.pod(),
                full.settledOffset(),
                full.life(),
                new KnownIds(pages, last),
                full.open(),
                List.of());
    }

    private static IdPage page(long from) {
        Map<CommandRef, Known> ids = new HashMap<>();
        for (int number = 0; number < 3; number++) {
            Known known =
                    new Known(
                            new RecordRef("pod-commands", 2, from + number),
                            "digest",
                            Optional.of(Event.Verdict.FAILED),
                            Known.Keep.WINDOW,
                            AT);
            ids.put(new CommandRef("/me", "paged-" + (from + number)), known);
        }
        return new IdPage(ids);
    }

    @Test
    void valueThatNoPodwireWroteIsRefusedByItsKey() {
        assertThatExceptionOfType(StateCodec.UnreadableState.class)
                .isThrownBy(() -> codec.decode("a/b", "not json".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("a/b");
        assertThatExceptionOfType(StateCodec.UnreadableState.class)
                .isThrownBy(
                        () ->
                                codec.decode(
                                        "a/b", "{\"version\":9}".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("version 9");
    }

    private static PodState full() {
        Life life =
                new Life(
                        "u",
                        ORIGIN,
                        4,
                        Optional.of(status()),
                        Optional.of(PodLifecycle.FAILED),
                        Optional.of(AT),
                        Optional.empty());
        Known known =
                new Known(
                        ORIGIN.in(),
                        "digest",
                        Optional.of(Event.Verdict.SUCCEEDED),
                        Known.Keep.STATE,
                        AT);
        return new PodState(
                POD.key(),
                Optional.of(POD),
                77,
                Optional.of(life),
                KnownIds.of(Map.of(new CommandRef("/me", "c-1"), known)),
                open(),
                List.of());
    }

    private static List<Open> open() {
        return List.of(
                new Open.Awaiting(
                        ORIGIN, "u", new Await(Await.State.FINISHED, Duration.ofSeconds(90)), AT),
                new Open.Deleting(ORIGIN, "u", Command.Deletion.FORCED, AT),
                new Open.Streaming(
                        ORIGIN,
                        "u",
                        new LogRequest(
                                new LogRequest.Selection.Named("main"),
                                OptionalLong.of(5),
                                Optional.of(AT),
                                LogRequest.Follow.YES,
                                LogRequest.Timestamps.YES,
                                LogRequest.Instance.CURRENT,
                                OptionalLong.empty(),
                                Optional.of(Duration.ofHours(1))),
                        Optional.empty(),
                        List.of(
                                new LogCursor("main", 1, Optional.of(AT), 3, false),
                                new LogCursor(
                                        "side",
                                        0,
                                        Optional.of(AT),
                                        1,
                                        Optional.of(new LogCursor.Recent(AT, 7)),
                                        Optional.of(new LogCursor.Part(AT, 9)),
                                        true)),
                        new Open.Progress(1, 2, 3, 4)));
    }

    private static PodStatus status() {
        PodStatus.Container main =
                new PodStatus.Container(
                        "main",
                        PodStatus.ContainerKind.MAIN,
                        PodStatus.ContainerState.TERMINATED,
                        Optional.of("Error"),
                        Optional.of(3),
                        Optional.empty(),
                        2,
                        false,
                        Optional.of(AT),
                        Optional.of(AT));
        return new PodStatus(
                "u",
                12,
                Optional.of(
                        new Owner(
                                "podwire",
                                2,
                                new CommandRef("/me", "c-1"),
                                "digest",
                                Optional.of(Duration.ofHours(1)))),
                PodLifecycle.FAILED,
                "Error",
                "Failed",
                Optional.of("Error"),
                Optional.empty(),
                false,
                List.of(main),
                Optional.of("localhost"),
                Optional.of("10.0.0.1"),
                2,
                Optional.of(AT));
    }
}
