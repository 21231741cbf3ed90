package io.podwire.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A file that a person names on the command line; `-` is standard input.
record InputFile(String name) {
    /// What came of reading it.
    sealed interface Content {
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Text(byte[] bytes) implements Content {}

        /// It cannot be read; the sentence tells why.
        record Unreadable(String sentence) implements Content {}
    }

    Content read() {
        try {
            return new Content.Text(
                    name.equals("-")
                            ? System.in.readAllBytes()
                            : Files.readAllBytes(Path.of(name)));
        } catch (NoSuchFileException e) {
            return new Content.Unreadable("there is no such file");
        } catch (AccessDeniedException e) {
            return new Content.Unreadable("may not be read by this user");
        } catch (IOException e) {
            return new Content.Unreadable("cannot be read: " + e.getMessage());
        }
    }
}
