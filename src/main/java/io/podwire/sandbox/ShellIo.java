package io.podwire.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Where a command reads from and writes to.
record ShellIo(Input input, Consumer<byte[]> out, Consumer<byte[]> err) {
    void println(String line) {
        print(line + "\n");
    }

    void print(String text) {
        out.accept(text.getBytes(StandardCharsets.UTF_8));
    }

    void complain(String line) {
        err.accept((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    ShellIo withInput(byte[] bytes) {
        return new ShellIo(new Input(bytes), out, err);
    }

    ShellIo withOut(Consumer<byte[]> other) {
        return new ShellIo(input, other, err);
    }

    ShellIo withErr(Consumer<byte[]> other) {
        return new ShellIo(input, out, other);
    }

    /// Bytes to read. Confined to one thread.
    static final class Input {
        private final byte[] bytes;
        private int at;

        Input(byte[] bytes) {
            this.bytes = bytes;
        }

        String rest() {
            var text = new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8);
            at = bytes.length;
            return text;
        }

        boolean atEnd() {
            return at >= bytes.length;
        }

        String line() {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            var line = new String(bytes, at, end - at, StandardCharsets.UTF_8);
            at = Math.min(bytes.length, end + 1);
            return line;
        }
    }
}
