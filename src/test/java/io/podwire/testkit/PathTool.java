package io.podwire.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A program of others that a test runs where the machine has it on its path.
public record PathTool(Path program) {
    public static Optional<PathTool> find(String name) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(PathTool::new);
    }

    /// Runs it to its end.
    public Answer run(List<String> arguments) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("podwire-tool", ".err");
        try {
            Process process =
                    new ProcessBuilder(
                                    Stream.concat(Stream.of(program.toString()), arguments.stream())
                                            .toList())
                            .redirectError(errors.toFile())
                            .start();
            byte[] output = process.getInputStream().readAllBytes();
            return new Answer(
                    process.waitFor(),
                    new String(output, StandardCharsets.UTF_8),
                    Files.readString(errors));
        } finally {
            Files.delete(errors);
        }
    }

    /// What it prints, where it succeeds.
    ///
    /// @throws IOException with what it complains of, where it fails
    public String output(List<String> arguments) throws IOException, InterruptedException {
        Answer answer = run(arguments);
        if (answer.exitCode() != 0) {
            throw new IOException("%s %s: %s".formatted(program, arguments, answer.errors()));
        }
        return answer.output();
    }

    /// How it ended.
    public record Answer(int exitCode, String output, String errors) {}
}
