package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.EventDecoder;
import io.podwire.codec.ReadEvent;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class EventLineTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    command-accepted   | jobs/train-42  accepted create-train-42
                    command-duplicate.open | jobs/train-42  duplicate create-train-42  first still open
                    pod-transition     | jobs/train-42  Running → Failed (OOMKilled)  exit code 137
                    """)
    void eventIsTheLineThatAPersonReads(String example, String line) throws IOException {
        // When
        String printed = EventLine.of(example(example));

        // Then
        assertThat(printed).matches("[0-9:.]{12}  .*").endsWith(line.strip());
    }

    @ParameterizedTest
    @CsvSource({"command-failed", "command-failed.quota", "command-rejected"})
    void errorIsToldWithCodeReasonAndMessage(String example) throws IOException {
        // Given
        ReadEvent event = example(example);
        ReadEvent.Problem problem =
                switch (event.body()) {
                    case ReadEvent.Failed(var error, _) -> error;
                    case ReadEvent.Rejected(var error) -> error;
                    default -> throw new AssertionError(event.type());
                };

        // When
        String printed = EventLine.of(event);

        // Then
        assertThat(printed)
                .contains(problem.code() + "/" + problem.reason())
                .endsWith(problem.message());
    }

    private static ReadEvent example(String name) throws IOException {
        byte[] value = Files.readAllBytes(Path.of("schemas/examples", name + ".json"));
        return new EventDecoder().decode(value).orElseThrow();
    }
}
