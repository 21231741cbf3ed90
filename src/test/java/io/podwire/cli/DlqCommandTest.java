package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DlqCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list --since yesterday | 10m",
                "list --reason TYPO | UNKNOWN_FIELD",
                "list --pod hello | NAMESPACE/NAME",
                "show 7 | PARTITION:OFFSET",
                "show | PARTITION:OFFSET",
                "redrive | --all",
                "redrive --dry-run | --all",
                "redrive --all --reason EMPTY | --all is all letters",
                "redrive 0:1 --all | leave out --all",
                "redrive 0:1 --since 1h | leave out --all and the filters",
                "redrive --all --again | --again needs PARTITION:OFFSET",
                "redrive --all --max-times 0 | at least 1"
            })
    void mistakeOfUsageSaysWhatIsRight(String arguments, String hint) {
        // When
        Typed dlq = Typed.podwire(("dlq " + arguments).split(" "));

        // Then
        assertThat(dlq.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(dlq.err()).contains(hint);
        assertThat(dlq.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"list", "show 0:1", "redrive --all"})
    void brokersThatDoNotAnswerAreNamed(String arguments) {
        // When
        Typed dlq =
                Typed.podwire(
                        ("dlq "
                                        + arguments
                                        + " --set kafka.bootstrap.servers=localhost:9"
                                        + " --set kafka.consumer.default.api.timeout.ms=300"
                                        + " --set kafka.consumer.request.timeout.ms=200")
                                .split(" "));

        // Then
        assertThat(dlq.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(dlq.err()).contains("cannot read the dead letters", "localhost:9");
        assertThat(dlq.out()).isEmpty();
    }
}
