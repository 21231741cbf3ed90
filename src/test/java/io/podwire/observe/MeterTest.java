package io.podwire.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

class MeterTest {
    private static final Path DOCUMENT = Path.of("docs", "metrics.md");

    @Test
    void documentHasTheRowOfEveryMeterAndNoOther() throws IOException {
        // When
        List<String> rows =
                Files.readAllLines(DOCUMENT).stream()
                        .filter(line -> line.startsWith("| `podwire_"))
                        .toList();

        // Then
        assertThat(rows).isEqualTo(Arrays.stream(Meter.values()).map(Meter::row).toList());
    }
}
