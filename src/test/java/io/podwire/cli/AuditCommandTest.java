package io.podwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditCommandTest {
    @ParameterizedTest
    @CsvSource({
        "--from yesterday, 10m",
        "--at 1h, --pod",
        "--pod hello, NAMESPACE/NAME",
        "--from 1h --to 2h, --to must be after --from"
    })
    void mistakeOfUsageSaysWhatIsRight(String arguments, String hint) {
        // When
        Typed audit = Typed.podwire(("audit " + arguments).split(" "));

        // Then
        assertThat(audit.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(audit.err()).contains(hint);
        assertThat(audit.out()).isEmpty();
    }

    @Test
    void brokersThatDoNotAnswerAreNamed() {
        // When
        Typed audit =
                Typed.podwire(
                        "audit",
                        "--set",
                        "kafka.bootstrap.servers=localhost:9",
                        "--set",
                        "kafka.consumer.default.api.timeout.ms=300",
                        "--set",
                        "kafka.consumer.request.timeout.ms=200",
                        "--set",
                        "kafka.admin.default.api.timeout.ms=300",
                        "--set",
                        "kafka.admin.request.timeout.ms=200");

        // Then
        assertThat(audit.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(audit.err()).contains("cannot read the topics", "localhost:9");
        assertThat(audit.out()).isEmpty();
    }
}
