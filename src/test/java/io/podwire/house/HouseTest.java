package io.podwire.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class HouseTest {
    @Test
    void everySourceHasTheOneFormat() throws IOException {
        // When
        List<Path> others =
                SourceFormat.sources().stream()
                        .filter(source -> !SourceFormat.formatted(source))
                        .toList();

        // Then
        assertThat(others)
                .as("run ./mvnw -q test-compile exec:exec@format, which rewrites these")
                .isEmpty();
    }
}
