package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.podwire.protocol.Delivery.Header;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

@Timeout(30)
class RecordScriptTest {
    /// Takes kcat's place: keeps its arguments, each ended by a zero byte, and what it is given to read.
    private static final String KCAT =
            """
            #!/bin/sh
            printf '%s\\0' "$@" >"$OUT/arguments"
            cat >"$OUT/input"
            """;

    @TempDir private Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                " ",
                "it's",
                "''",
                "'; touch \"$OUT/broken\"; '",
                "$(touch \"$OUT/broken\") `touch \"$OUT/broken\"` $OUT ${OUT}",
                "\\n \\\\ \\' \\",
                "%s %d %%",
                "\"{\\\"a\\\": \\\"b\\\\n\\\"}\"",
                "-n",
                "~ * ? [a] {a,b} ! # | & ; < > ( )",
                "tab\there"
            })
    void shellHandsKcatEveryWordAsItIs(String text) throws IOException, InterruptedException {
        // Given
        Header header = new Header("x", Optional.of(("v" + text).getBytes(StandardCharsets.UTF_8)));
        RecordScript script =
                new RecordScript("b:1,c:2", "t" + text, "k" + text, List.of(header), text);

        // When
        run(script);

        // Then
        assertThat(Files.readString(dir.resolve("arguments")).split("\0"))
                .containsExactly(
                        "-P",
                        "-b",
                        "b:1,c:2",
                        "-t",
                        "t" + text,
                        "-k",
                        "k" + text,
                        "-H",
                        "x=v" + text,
                        "-X",
                        "partitioner=murmur2_random");
        assertThat(dir.resolve("input")).hasContent(text + "\n");
        assertThat(dir.resolve("broken")).doesNotExist();
    }

    @Test
    void commentsSayWhatTheRecordIs() {
        // Given
        Header header = new Header("x", Optional.of("y z".getBytes(StandardCharsets.UTF_8)));

        // When
        List<String> lines =
                new RecordScript("b:1", "t", "a/b", List.of(header), "{\"c\":1}").lines();

        // Then
        assertThat(lines)
                .containsExactly(
                        "# topic   t",
                        "# key     a/b",
                        "# header  x: y z",
                        "# value   {\"c\":1}",
                        "printf '%s\\n' '{\"c\":1}' | kcat -P -b b:1 -t t -k a/b -H 'x=y z'"
                                + " -X partitioner=murmur2_random");
    }

    @Test
    void whatKcatWouldTakeForTwoRecordsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordScript("b", "t", "k", List.of(), "a\nb"));
    }

    private void run(RecordScript script) throws IOException, InterruptedException {
        Path kcat = Files.writeString(dir.resolve("kcat"), KCAT);
        assertThat(kcat.toFile().setExecutable(true)).isTrue();
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", String.join("\n", script.lines())).inheritIO();
        shell.environment().put("PATH", dir + ":" + System.getenv("PATH"));
        shell.environment().put("OUT", dir.toString());
        assertThat(shell.start().waitFor()).isZero();
    }
}
