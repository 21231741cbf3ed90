package io.podwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class ErrorReasonTest {
    @Test
    void publishedReasonIsUniqueWithinItsCode() {
        assertThat(Arrays.stream(ErrorReason.values()).map(r -> r.code() + "/" + r.published()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyCodeHasAReason() {
        assertThat(Arrays.stream(ErrorReason.values()).map(ErrorReason::code))
                .contains(ErrorCode.values());
    }

    @Test
    void onlyWhatWasNeverTriedIsRejected() {
        assertThat(Arrays.stream(ErrorCode.values()).filter(ErrorCode::rejects))
                .containsExactly(
                        ErrorCode.COMMAND_INVALID,
                        ErrorCode.COMMAND_DENIED,
                        ErrorCode.COMMAND_EXPIRED);
    }
}
