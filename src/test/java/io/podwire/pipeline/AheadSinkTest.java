package io.podwire.pipeline;

import static io.podwire.pipeline.Stories.POD;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.protocol.CommandRef;
import io.podwire.protocol.Fact;
import io.podwire.protocol.LogChunk;
import io.podwire.protocol.LogCursor;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

class AheadSinkTest {
    private static final int LARGE = 256 << 10;

    private final List<String> calls = new ArrayList<>();
    private final Semaphore room = new Semaphore(4);

    @AutoClose private final AheadSink sink = sink();

    private AheadSink sink() {
        return new AheadSink(
                recording(), POD, new CommandRef("/tests", "c"), () -> SteppedClock.START, room);
    }

    /// Writes down what is told and what is committed.
    private Partition recording() {
        return (Partition)
                Proxy.newProxyInstance(
                        Partition.class.getClassLoader(),
                        new Class<?>[] {Partition.class},
                        (_, method, arguments) -> {
                            Fact.LogRead fact = (Fact.LogRead) arguments[1];
                            calls.add(method.getName() + " " + fact.cursor().restart());
                            return null;
                        });
    }

    @Test
    void everyFourthLargeChunkIsWaitedFor() throws InterruptedException {
        // When
        for (int number = 0; number < 9; number++) {
            read(sink, number, LARGE);
        }

        // Then
        assertThat(calls)
                .containsExactly(
                        "tell 0",
                        "tell 1",
                        "tell 2",
                        "commit 3",
                        "tell 4",
                        "tell 5",
                        "tell 6",
                        "commit 7",
                        "tell 8");
        assertThat(room.availablePermits()).isEqualTo(3);
    }

    @Test
    void smallChunkIsWaitedFor() throws InterruptedException {
        // When
        read(sink, 0, LARGE);
        read(sink, 1, 100);

        // Then
        assertThat(calls).containsExactly("tell 0", "commit 1");
        assertThat(room.availablePermits()).isEqualTo(4);
    }

    @Test
    void sessionsShareTheRoomAndGiveItBack() throws InterruptedException {
        // Given
        try (AheadSink other = sink()) {
            for (int number = 0; number < 3; number++) {
                read(other, number, LARGE);
            }

            // When
            read(sink, 3, LARGE);
            read(sink, 4, LARGE);
        }

        // Then
        assertThat(calls).endsWith("tell 3", "commit 4");
        assertThat(room.availablePermits()).isEqualTo(4);
    }

    private static void read(AheadSink into, int number, int bytes) throws InterruptedException {
        into.read(
                new LogChunk("main", 0, new byte[bytes], 1, Optional.empty(), Optional.empty()),
                new LogCursor("main", number, Optional.empty(), 0, false));
    }
}
