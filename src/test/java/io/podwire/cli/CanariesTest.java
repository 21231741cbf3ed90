package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.testkit.Canaries;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the command line says of a mistake repeats no secret.
class CanariesTest {
    @TempDir private Path dir;

    @ParameterizedTest
    @MethodSource("bad")
    void mistakeInAFileIsToldWithoutTheSecretInIt(String json) throws IOException {
        // Given
        String file = Files.writeString(dir.resolve("bad.json"), json).toString();

        // When
        List<Typed> all =
                List.of(
                        Typed.podwire("validate", file),
                        Typed.podwire("validate", "-o", "json", file),
                        Typed.podwire("submit", "create", "-f", file, "--dry-run"),
                        Typed.podwire("submit", "create", "-f", file));

        // Then
        assertThat(all)
                .allSatisfy(
                        typed -> {
                            assertThat(typed.exitCode()).isEqualTo(ExitCode.DATA);
                            assertThat(typed.out() + typed.err()).isNotBlank();
                            assertThat(Canaries.in(typed.out() + typed.err())).isFalse();
                        });
    }

    static Stream<String> bad() {
        return Stream.concat(Canaries.badCreates().stream(), Canaries.noCommands().stream());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A B=" + Canaries.MARK, Canaries.MARK, "=" + Canaries.MARK})
    void mistakeInAVariableIsToldWithoutItsValue(String variable) {
        // When
        Typed typed =
                Typed.podwire(
                        "submit", "create", "a", "--image", "b", "--env", variable, "--dry-run");

        // Then
        assertThat(typed.exitCode()).isIn(ExitCode.DATA, ExitCode.USAGE);
        assertThat(Canaries.in(typed.out() + typed.err())).isFalse();
    }
}
