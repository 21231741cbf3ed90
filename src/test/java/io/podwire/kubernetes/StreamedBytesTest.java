package io.podwire.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.http.AsyncBody;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class StreamedBytesTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration NOW = Duration.ofMillis(1);
    private static final byte[] INTO = new byte[StreamedBytes.ROOM_BYTES];

    @AutoClose private final StreamedBytes bytes = new StreamedBytes();
    private final Body body = new Body();

    @Test
    void whatHasRoomIsAskedForAsTheLastArrives() throws IOException, InterruptedException {
        // Given
        readNothing();

        // When
        for (int part = 0; part < StreamedBytes.ROOM_PARTS; part++) {
            arrive("x");
        }

        // Then
        assertThat(body.asked).isEqualTo(StreamedBytes.ROOM_PARTS);
    }

    @Test
    void bytesTakeRoomToo() throws IOException, InterruptedException {
        // Given
        readNothing();

        // When
        arrive("x".repeat(StreamedBytes.ROOM_BYTES - 1));
        arrive("x");

        // Then
        assertThat(body.asked).isEqualTo(2);
    }

    @Test
    void moreIsAskedForOnceHalfIsRead() throws IOException, InterruptedException {
        // Given
        readNothing();
        for (int part = 0; part < StreamedBytes.ROOM_PARTS; part++) {
            arrive("x");
        }

        // When
        for (int part = 0; part < StreamedBytes.ROOM_PARTS / 2; part++) {
            read();
        }
        int before = body.asked;
        read();

        // Then
        assertThat(before).isEqualTo(StreamedBytes.ROOM_PARTS);
        assertThat(body.asked).isEqualTo(StreamedBytes.ROOM_PARTS + 1);
    }

    @Test
    void whatArrivedBeforeACutIsReadBeforeIt() throws IOException, InterruptedException {
        // Given
        readNothing();
        arrive("one ");
        arrive("two");

        // When
        body.done.completeExceptionally(new IOException("reset"));

        // Then
        assertThat(read() + read()).isEqualTo("one two");
        assertThatExceptionOfType(IOException.class).isThrownBy(this::read);
        assertThatExceptionOfType(IOException.class).isThrownBy(this::read);
    }

    private void readNothing() throws IOException, InterruptedException {
        bytes.opened(body);
        assertThat(bytes.read(INTO, 0, NOW)).isZero();
        assertThat(body.asked).isEqualTo(1);
    }

    private void arrive(String text) {
        bytes.arrived(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))), body);
    }

    private String read() throws IOException, InterruptedException {
        int count = bytes.read(INTO, 0, LIMIT);
        return new String(INTO, 0, count, StandardCharsets.UTF_8);
    }

    /// Counts how often it is asked for more.
    private static final class Body implements AsyncBody {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int asked;

        @Override
        public void consume() {
            asked++;
        }

        @Override
        public CompletableFuture<Void> done() {
            return done;
        }

        @Override
        public void cancel() {
            done.cancel(false);
        }
    }
}
