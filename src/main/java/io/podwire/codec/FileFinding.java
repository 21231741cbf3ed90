package io.podwire.codec;

import io.podwire.protocol.CommandError;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Something that is wrong with a file, as a line.
///
/// @param error what the contract calls it; empty where the file could not even be read
public record FileFinding(String file, Optional<CommandError> error, String sentence) {
    public static FileFinding of(String file, CommandError error) {
        return new FileFinding(file, Optional.of(error), error.message());
    }

    public static FileFinding unreadable(String file, String sentence) {
        return new FileFinding(file, Optional.empty(), sentence);
    }

    /// For people: file, pointer and sentence; a pointer to the whole is left out.
    public String text() {
        String pointer = error.flatMap(CommandError::pointer).orElse("");
        return file + ": " + (pointer.isEmpty() ? "" : pointer + ": ") + sentence;
    }

    /// For scripts: a JSON object.
    public String json() {
        byte[] json =
                JsonText.object(
                        line ->
                                line.field("file", file)
                                        .field("pointer", error.flatMap(CommandError::pointer))
                                        .field("code", error.map(e -> e.code().name()))
                                        .field("reason", error.map(e -> e.reason().published()))
                                        .field("message", sentence));
        return new String(json, StandardCharsets.UTF_8);
    }
}
