package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.StateCodec;
import io.podwire.pipeline.CommandIds;
import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Known;
import io.podwire.protocol.KnownIds;
import io.podwire.protocol.Life;
import io.podwire.protocol.Origin;
import io.podwire.protocol.PodRef;
import io.podwire.protocol.PodState;
import io.podwire.protocol.RecordRef;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class HeldPodsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<HeldPods.Part> parts = new ArrayList<>(List.of(part(0), part(2)));
    private final HeldPods pods = new HeldPods(() -> parts);

    @Test
    void livingPodsComeFirstAndThenThoseOfWhichSomethingWasHeardLast() {
        // Given
        put(0, "old-living", "c-1", 1, true);
        put(0, "gone", "c-2", 2, false);
        put(2, "new-living", "c-3", 3, true);
        put(2, "gone-before", "c-4", 1, false);
        parts.getFirst().states().put(reserved());

        // When
        HeldPods.Found found = pods.search("", 3);

        // Then
        assertThat(names(found)).containsExactly("new-living", "old-living", "gone");
        assertThat(found.matches()).isEqualTo(4);
        assertThat(pods.partitions()).containsExactly(0, 2);
    }

    @Test
    void podIsFoundByAPartOfItsNameAndByTheBeginningOfACommandsId() {
        // Given
        put(0, "train-1", "nightly-7", 1, true);
        put(2, "eval-1", "weekly-7", 2, false);

        // When
        HeldPods.Found byName = pods.search("jobs/tra", 10);
        HeldPods.Found byCommand = pods.search("weekly", 10);
        HeldPods.Found byTheMiddle = pods.search("ekly-7", 10);

        // Then
        assertThat(names(byName)).containsExactly("train-1");
        assertThat(names(byCommand)).containsExactly("eval-1");
        assertThat(names(byTheMiddle)).isEmpty();
    }

    @Test
    void podIsToldWithItsPartitionAsLongAsThatIsHeld() {
        // Given
        put(2, "train-1", "c", 1, true);
        PodRef pod = new PodRef("jobs", "train-1");

        // When
        Optional<HeldPods.Place> held = pods.find(pod);
        parts.removeLast();

        // Then
        assertThat(held).map(HeldPods.Place::partition).contains(2);
        assertThat(pods.find(pod)).isEmpty();
    }

    private static List<String> names(HeldPods.Found found) {
        return found.pods().stream().map(state -> state.pod().orElseThrow().name()).toList();
    }

    private void put(int partition, String name, String command, int hour, boolean living) {
        HeldPods.Part part =
                parts.stream().filter(each -> each.number() == partition).findFirst().orElseThrow();
        PodState state = state(name, command, START.plusSeconds(3_600L * hour), living);
        part.ids().committed(part.states().put(state), state);
    }

    private static HeldPods.Part part(int number) {
        return new HeldPods.Part(
                number, new States(new StateCodec(), new Packing()), new CommandIds());
    }

    private static PodState reserved() {
        PodState empty = PodState.reserved(0);
        return new PodState(
                empty.key(), empty.pod(), 7, empty.life(), empty.known(), List.of(), List.of());
    }

    private static PodState state(String name, String command, Instant at, boolean living) {
        PodRef pod = new PodRef("jobs", name);
        RecordRef in = new RecordRef("pod-commands", 0, 1);
        CommandRef id = new CommandRef("/me", command);
        Life life =
                new Life(
                        "uid-" + name,
                        new Origin(
                                in,
                                Optional.of(pod.key()),
                                Optional.of(id),
                                Optional.empty(),
                                Optional.of(pod),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        living ? Optional.empty() : Optional.of(at));
        Known known = new Known(in, "digest", Optional.empty(), Known.Keep.STATE, at);
        return new PodState(
                pod.key(),
                Optional.of(pod),
                1,
                Optional.of(life),
                KnownIds.of(Map.of(id, known)),
                List.of(),
                List.of());
    }
}
