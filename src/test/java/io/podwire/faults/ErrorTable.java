package io.podwire.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.podwire.codec.ReadEvent;
import io.podwire.protocol.ErrorReason;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/// The table of errors, each with the command that provokes it; run against every cluster there is.
interface ErrorTable {
    /// What only an API server with authorization and admission answers, or a kubelet with probes.
    Set<ErrorReason> REAL_ONLY =
            EnumSet.of(
                    ErrorReason.CREATION_ADMISSION_DENIED,
                    ErrorReason.CREATION_FORBIDDEN,
                    ErrorReason.DELETION_ADMISSION_DENIED,
                    ErrorReason.DELETION_FORBIDDEN,
                    ErrorReason.READ_FORBIDDEN,
                    ErrorReason.LOGS_FORBIDDEN,
                    ErrorReason.NOT_READY);

    /// What a healthy API server never answers, or only to what never reaches it.
    Set<ErrorReason> SIMULATED_ONLY =
            EnumSet.of(
                    ErrorReason.INVALID_SPEC,
                    ErrorReason.TOO_LARGE,
                    ErrorReason.UNREACHABLE,
                    ErrorReason.CONNECTION_TIMEOUT,
                    ErrorReason.UNAUTHORIZED,
                    ErrorReason.THROTTLED,
                    ErrorReason.SERVER_ERROR,
                    ErrorReason.BUG);

    /// What is not provoked here: a record that cannot be read takes a worker of its own, see
    /// [SimulatedUnreadableRecordIT]; and a log is given up only after five minutes, which `LogSessionTest` shows with
    /// a clock of its own.
    Set<ErrorReason> ELSEWHERE = EnumSet.of(ErrorReason.UNREADABLE_RECORD, ErrorReason.UNAVAILABLE);

    /// The reasons that this cluster can produce.
    Set<ErrorReason> reasons();

    /// Sends the command that provokes the reason.
    ///
    /// @return the event that answers it
    ReadEvent provoke(ErrorReason reason) throws InterruptedException;

    @TestFactory
    default Stream<DynamicTest> everyReasonHasItsCommandAndItsEvent() {
        return reasons().stream()
                .map(reason -> DynamicTest.dynamicTest(reason.name(), () -> check(reason)));
    }

    private void check(ErrorReason reason) throws InterruptedException {
        // When
        ReadEvent answer = provoke(reason);

        // Then
        ReadEvent.Problem problem =
                switch (answer.body()) {
                    case ReadEvent.Rejected(var error) when reason.code().rejects() -> error;
                    case ReadEvent.Failed(var error, _) when !reason.code().rejects() -> error;
                    default -> throw new AssertionError("another event: " + answer.json());
                };
        assertThat(problem.code() + "/" + problem.reason())
                .isEqualTo(reason.code() + "/" + reason.published());
        assertThat(problem.retryable()).isEqualTo(reason.retryable());
        assertThat(problem.message()).isNotBlank();
    }
}
