package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class ConfigCommandTest {
    @Test
    void whatHoldsIsPrintedWithWhoSaysSoAndWithoutSecrets(@TempDir Path dir) throws IOException {
        // Given
        Path file =
                Files.writeString(
                        dir.resolve("podwire.properties"),
                        "group.id=night\nkafka.ssl.keystore.password=hunter22\n");

        // When
        Typed print =
                Typed.podwire(
                        "config", "print", "--config", file.toString(), "--set", "http.port=9");

        // Then
        assertThat(print.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(print.out().lines())
                .anyMatch(line -> line.matches("group\\.id +night +\\(" + file + "\\)"))
                .anyMatch(line -> line.matches("http\\.port +9 +\\(--set\\)"))
                .anyMatch(line -> line.matches("drain\\.timeout +20s +\\(default\\)"))
                .anyMatch(line -> line.matches("policy\\.max\\.cpu +\\(not set\\)"))
                .anyMatch(line -> line.startsWith("kafka.ssl.keystore.password  (hidden)"));
        assertThat(print.out() + print.err()).doesNotContain("hunter22");
    }

    @Test
    void whatHoldsIsPrintedForProgramsToo() {
        // When
        Typed print = Typed.podwire("config", "print", "-o", "json", "--set", "http.port=9");

        // Then
        assertThat(print.out().lines())
                .contains("{\"name\":\"http.port\",\"text\":\"9\",\"origin\":\"--set\"}");
    }

    @Test
    void mistakesAreToldInsteadOfWhatHolds() {
        // When
        Typed print = Typed.podwire("config", "print", "--set", "http.port=99999");

        // Then
        assertThat(print.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(print.err()).contains("http.port");
        assertThat(print.out()).isEmpty();
    }

    @Test
    void referenceOfTheSettingsIsWhatTheProgramSays() throws IOException {
        // When
        Typed docs = Typed.podwire("config", "docs");

        // Then
        assertThat(docs.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Path.of("docs", "configuration.md"))
                .as("run ./podwire config docs > docs/configuration.md")
                .hasContent(docs.out());
        assertThat(docs.out()).contains("| `http.port` | `8080` |", "| `acks` |");
    }

    @Test
    void completionIsAScriptForTheShell() {
        // When
        Typed completion = Typed.podwire("completion");

        // Then
        assertThat(completion.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(completion.out()).contains("complete -F").contains("submit");
    }
}
