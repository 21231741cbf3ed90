package io.podwire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.StateCodec;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

class PackingTest {
    private final StateCodec codec = new StateCodec();
    private final Packing packing = new Packing();

    @Test
    void statesOfAnyInstallationArePackedIntoAQuarter() {
        // Given
        VariedStates states = new VariedStates(2);
        List<byte[]> values = Stream.generate(states::state).limit(500).map(codec::encode).toList();

        // When
        List<byte[]> packed = values.stream().map(packing::pack).toList();

        // Then
        assertThat(packed.stream().map(packing::unpack)).containsExactlyElementsOf(values);
        assertThat(bytes(packed)).isLessThan(bytes(values) / 4);
    }

    private static long bytes(List<byte[]> all) {
        return all.stream().mapToLong(each -> each.length).sum();
    }

    @Test
    void anythingElseIsPackedToo() {
        for (String text : List.of("", "x", "no state at all", "ä".repeat(100_000))) {
            // When
            byte[] packed = packing.pack(text.getBytes(StandardCharsets.UTF_8));

            // Then
            assertThat(packing.unpack(packed)).asString(StandardCharsets.UTF_8).isEqualTo(text);
        }
    }
}
