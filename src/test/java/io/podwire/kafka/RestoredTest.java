package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podwire.codec.PageCodec;
import io.podwire.codec.StateCodec;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.IdPage;
import io.podwire.protocol.IdPages;
import io.podwire.protocol.Known;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PageKey;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;
import io.podwire.protocol.Standing;
import io.podwire.protocol.StateGist;
import io.podwire.protocol.Tenancy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RestoredTest {
    private static final PodRef POD = new PodRef("jobs", "pod");
    private static final PodRef OTHER_POD = new PodRef("jobs", "other");

    private final StateCodec codec = new StateCodec();
    private final Restored restored = new Restored(3, codec, new Packing());

    @Test
    void newestOfEachKeyCounts() {
        // Given
        read(knowing(POD, "forgotten"));
        read(knowing(POD, "kept"));
        read(knowing(OTHER_POD, "gone"));
        restored.read(OTHER_POD.key(), Optional.empty());

        // When
        restored.complete();

        // Then
        assertThat(restored.states().find(POD.key())).contains(knowing(POD, "kept"));
        assertThat(restored.states().size()).isEqualTo(1);
        assertThat(whose("kept")).contains(new RecordRef("pod-commands", 3, 7));
        assertThat(whose("forgotten")).isEmpty();
        assertThat(whose("gone")).isEmpty();
    }

    /// The record that has the id already, if another pod's does.
    private Optional<RecordRef> whose(String id) {
        PodRef asking = new PodRef("jobs", "asking");
        return restored.ids().take(origin(asking, id, 9), PodState.of(asking));
    }

    @Test
    void manyAreReadOnSeveralThreads() {
        // Given
        for (int number = 0; number < 3 * Restored.WORTH_SHARING; number++) {
            read(knowing(new PodRef("jobs", "pod-" + number), "id-" + number));
        }

        // When
        restored.complete();

        // Then
        assertThat(restored.states().where(gist -> !gist.alive()))
                .hasSize(3 * Restored.WORTH_SHARING);
        assertThat(restored.states().where(StateGist::alive)).isEmpty();
        assertThat(whose("id-" + Restored.WORTH_SHARING)).isPresent();
    }

    @Test
    void reservedStateSaysWhereThePartitionStands() {
        // Given
        PodState reserved = PodState.reserved(3);
        Standing standing =
                new Standing(41, new Tenancy("group", Map.of(), Optional.of("cluster")));
        restored.read(
                reserved.key(),
                Optional.of(codec.encodeReserved(reserved, new Standing(40, standing.tenancy()))));
        restored.read(reserved.key(), Optional.of(codec.encodeReserved(reserved, standing)));

        // When
        restored.complete();

        // Then
        assertThat(restored.standing()).contains(standing);
    }

    @Test
    void valueThatIsNoStateIsRefusedUnlessAnotherFollowed() {
        // Given
        restored.read(POD.key(), Optional.of("junk".getBytes(StandardCharsets.UTF_8)));
        read(knowing(POD, "kept"));
        restored.complete();
        restored.read(OTHER_POD.key(), Optional.of("junk".getBytes(StandardCharsets.UTF_8)));

        // Then
        assertThatThrownBy(restored::complete)
                .isInstanceOf(StateCodec.UnreadableState.class)
                .hasMessageContaining(OTHER_POD.key());
    }

    @Test
    void stateWithoutItsPageIsRefused() {
        // Given
        PodState knowing = knowing(POD, "paged");
        IdPage page = new IdPage(knowing.known().last());
        read(paged(7, page));
        String key = new PageKey(POD.key(), 7).text();
        restored.read(key, Optional.of(new PageCodec().encode(page, Optional.empty())));
        restored.complete();
        assertThat(whose("paged")).contains(new RecordRef("pod-commands", 3, 7));

        // When
        restored.read(key, Optional.empty());
        read(paged(8, page));

        // Then
        assertThatThrownBy(restored::complete)
                .isInstanceOf(StateCodec.UnreadableState.class)
                .hasMessageContaining(key);
    }

    private static PodState paged(long settled, IdPage page) {
        return new PodState(
                POD.key(),
                Optional.of(POD),
                settled,
                Optional.empty(),
                new KnownIds(IdPages.of(List.of(page)), Map.of()),
                List.of(),
                List.of());
    }

    private void read(PodState state) {
        restored.read(state.key(), Optional.of(codec.encode(state)));
    }

    private static PodState knowing(PodRef pod, String id) {
        Origin origin = origin(pod, id, 7);
        Known known =
                new Known(
                        origin.in(),
                        "digest",
                        Optional.empty(),
                        Known.Keep.STATE,
                        Instant.parse("2026-01-01T00:00:00Z"));
        return new PodState(
                pod.key(),
                Optional.of(pod),
                7,
                Optional.empty(),
                KnownIds.of(Map.of(origin.command().orElseThrow(), known)),
                List.of(),
                List.of());
    }

    private static Origin origin(PodRef pod, String id, long offset) {
        return new Origin(
                new RecordRef("pod-commands", 3, offset),
                Optional.of(pod.key()),
                Optional.of(new CommandRef("/me", id)),
                Optional.of("io.podwire.pod.create.v1"),
                Optional.of(pod),
                Optional.empty(),
                Optional.empty(),
                Optional.of("digest"));
    }
}
